//! The copy that is handed over with the card.

mod common;

use common::poppler::Paper;
use common::{copy, day, fonts, made_at};
use forms::PrintOptions;
use forms::certificate_copy::{CertificateCopy, print};
use rules::kinds::CertificateKind;

fn text(copy: &CertificateCopy, training: bool) -> String {
    let printed = print(copy, fonts(), &PrintOptions::new(made_at(), training)).expect("printed");
    assert_eq!(printed.pages, 1);
    Paper::of(&printed).text(1).chars().filter(|c| !c.is_whitespace()).collect()
}

// Who, which certificates, from when to when, by whom.
#[test]
fn says_what_is_on_the_card() {
    let text = text(&copy(), false);
    for needed in [
        "電子証明書の写し",
        "受付番号R8-000123",
        "渡邉\u{E0111}花子",
        "東京都見本区赤羽一丁目23番4-506号見本ハイツ赤羽",
        "昭和55年10月10日",
        "女",
        "署名用電子証明書",
        "利用者証明用電子証明書",
        "01547A3C",
        "01547A3D",
        "令和8年11月24日",
        "令和13年10月10日",
        "見本区長見本一郎",
    ] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
    assert!(!text.contains("訓練"), "{text}");
}

// A child's card has one certificate; the other column says so instead of standing empty.
#[test]
fn a_missing_certificate_is_named() {
    let mut copy = copy();
    copy.certificates.retain(|c| c.kind == CertificateKind::Authentication);
    copy.birth = day(2018, 4, 2);
    let text = text(&copy, true);
    assert!(text.contains("なし") && !text.contains("01547A3C") && text.contains("訓練用"), "{text}");
}

// A long name, an old surname and a long address stay inside their rows and copy out whole.
#[test]
fn long_texts_stay_in_their_rows() {
    let mut copy = copy();
    copy.name = "マリア・デル・カルメン・フェルナンデス・デ・ラ・クルス・イ・ガルシア山本".repeat(2);
    copy.other_name = Some("見本カタリーナ".to_owned());
    copy.address = "東京都見本区見本台一丁目二番地の三十四見本地区区画整理事業地内五十六街区七画地".repeat(3);
    let printed = print(&copy, fonts(), &PrintOptions::new(made_at(), false)).expect("printed");
    let paper = Paper::of(&printed);
    let text: String = paper.text(1).chars().filter(|c| !c.is_whitespace()).collect();
    assert!(text.contains(&copy.name) && text.contains(&copy.address), "{text}");
    for word in paper.words(1) {
        assert!(word.left >= 20.0 && word.right <= 190.0, "{word:?}");
    }
}

// Kept as JSON, it prints again as the same file.
#[test]
fn prints_again_from_storage() {
    let kept = serde_json::to_string(&copy()).expect("JSON");
    let back: CertificateCopy = serde_json::from_str(&kept).expect("a copy");
    let options = PrintOptions::new(made_at(), false);
    let pdf = |copy| print(copy, fonts(), &options).expect("printed").pdf;
    assert!(pdf(&back) == pdf(&copy()));
}
