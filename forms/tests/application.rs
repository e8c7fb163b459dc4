//! The application that is signed at the counter.

mod common;

use common::poppler::Paper;
use common::{application, fonts, full_application, made_at};
use forms::PrintOptions;
use forms::application::{Application, print};

fn paper(form: &Application, training: bool) -> Paper {
    let printed = print(form, fonts(), &PrintOptions::new(made_at(), training)).expect("printed");
    assert_eq!((printed.pages, printed.fallbacks), (1, Vec::new()));
    Paper::of(&print(form, fonts(), &PrintOptions::new(made_at(), training)).expect("printed"))
}

fn dense(paper: &Paper) -> String {
    paper.text(1).chars().filter(|c| !c.is_whitespace()).collect()
}

// The four facts the law asks for (name, birth date, sex, address), the date, what is applied for, a place to sign.
#[test]
fn carries_what_the_law_asks_for() {
    let text = dense(&paper(&application(), false));
    for needed in [
        "電子証明書発行・更新申請書",
        "受付番号R8-000123",
        "令和8年11月24日",
        "渡邉\u{E0111}花子",
        "東京都見本区赤羽一丁目23番4-506号見本ハイツ赤羽",
        "昭和55年10月10日",
        "女",
        "署名用電子証明書",
        "利用者証明用電子証明書",
        "令和13年10月10日",
        "署名",
        "見本区長経由",
    ] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
    assert!(!text.contains("本人との関係") && !text.contains("1年短く"), "{text}");
}

// The longest application still is one page inside its margins.
#[test]
fn the_longest_one_fits_its_page() {
    let paper = paper(&full_application(), true);
    let text = dense(&paper);
    for needed in [
        "有効期間が1年短くなります",
        "渡邉\u{E0111}一郎",
        "親権者",
        "旧氏・通称",
        "訓練用",
        "受付・確認した職員",
    ] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
    for word in paper.words(1) {
        // The large pale mark of training lies across; it is no part of the form.
        let mark = word.bottom - word.top > 20.0;
        assert!(mark || word.left >= 19.5 && word.right <= 190.5 && word.bottom <= 287.0, "{word:?}");
    }
}
