//! The renewal notice as the post, the resident and the clerk see it.

mod common;

use common::poppler::Paper;
use common::{day, fonts, letter, made_at, office, plain};
use forms::notice::{NoticeLetter, print};
use forms::{FallbackReason, FormError, PrintOptions, WindowEnvelope};
use proptest::prelude::*;
use rules::kinds::CertificateKind;

fn live() -> PrintOptions {
    PrintOptions::new(made_at(), false)
}

fn paper(letters: &[NoticeLetter], options: &PrintOptions) -> Paper {
    Paper::of(&print(letters, fonts(), options).expect("printed"))
}

/// Text without the white space that a reader of PDFs puts in or leaves out.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

// What is copied out of the letter is what is registered, code point by code point.
#[test]
fn names_copy_out_as_registered() {
    let names = [
        "渡邉\u{E0111}花子",
        "渡邉\u{E010F}花子",
        "渡邉花子",
        "𠮷田\u{E0102}太郎",
        "か\u{309A}山",
        "辻\u{E0102}辻\u{E0103}辻",
        "NGUYEN THI MIHON",
        "髙橋﨑太郎",
    ];
    let letters: Vec<_> =
        (1..).zip(names).map(|(n, name)| letter(n, name, "東京都見本区葛\u{E0102}町1-2-3", None)).collect();
    let paper = paper(&letters, &live());
    for (page, name) in (1..).zip(names) {
        let text = dense(&paper.text(page));
        assert!(text.contains(&dense(&format!("{name}様"))), "{name}: {text}");
        assert!(text.contains("東京都見本区葛\u{E0102}町1-2-3"), "{text}");
    }
}

// Two names that differ in a selector only look different where the font has the form.
#[test]
fn variation_sequences_have_their_own_glyph() {
    let of = |name| {
        let printed =
            print(&[letter(1, name, "東京都見本区1-2-3", None)], fonts(), &live()).expect("printed");
        assert_eq!(printed.fallbacks, []);
        Paper::of(&printed).picture(1, 100).2
    };
    assert_ne!(of("邉\u{E0111}"), of("邉\u{E0112}"));
    assert_ne!(of("邉\u{E0111}"), of("邉"));
}

// A form no font has is printed in its usual form and listed; a character no font has is 〓 and listed.
#[test]
fn fallbacks_are_listed_for_the_clerk() {
    let odd = letter(1, "渡邉\u{E01EE}花子", "東京都見本区\u{10FFFD}町1", None);
    let printed = print(&[plain(), odd.clone(), odd], fonts(), &live()).expect("printed");
    let found: Vec<_> =
        printed.fallbacks.iter().map(|f| (f.who.as_str(), f.character.as_str(), f.reason)).collect();
    let expected = [
        ("渡邉\u{E01EE}花子", "\u{10FFFD}", FallbackReason::NoGlyph),
        ("渡邉\u{E01EE}花子", "邉\u{E01EE}", FallbackReason::BaseGlyph),
    ];
    assert_eq!(found, expected);
    assert!(printed.fallbacks[1].sentence().contains("U+9089 U+E01EE"));
    let text = dense(&Paper::of(&printed).text(2));
    assert!(text.contains("渡邉\u{E01EE}花子様"), "{text}");
}

// Every letter says by when, what to bring, where, that it costs nothing, and what to do if it is already done.
#[test]
fn says_what_a_notice_must_say() {
    let text = dense(&paper(&[plain()], &live()).text(1));
    for needed in [
        "電子証明書の有効期限通知書",
        "転送不要",
        "〒115-0045",
        "文書番号通知-000123",
        "令和8年11月22日",
        "署名用電子証明書",
        "利用者証明用電子証明書",
        "令和8年10月11日(日)から",
        "令和9年1月10日(日)まで",
        "窓口で手続きできる最後の日は令和9年1月8日(金)です",
        "持ってくるもの",
        "マイナンバーカード",
        "暗証番号3つ",
        "住民基本台帳用",
        "法定代理人が来るとき",
        "そのほかの代理の方",
        "無料",
        "行き違い",
        "見本区役所1階3番窓口",
        "午前8時30分から午後5時まで",
        "03-0000-0123",
        "見本区長見本一郎",
        "〒100-0099東京都見本区中央一丁目1番1号",
    ] {
        assert!(text.contains(needed), "{needed}: {text}");
    }
}

// A child's card has no signature certificate, so its PIN is not asked for; a face-only card asks for none.
#[test]
fn asks_for_the_pins_the_card_has() {
    let mut child = plain();
    child.certificates.retain(|c| c.kind == CertificateKind::Authentication);
    let mut face = plain();
    face.face_only = true;
    let paper = paper(&[child, face], &live());
    let (child, face) = (dense(&paper.text(1)), dense(&paper.text(2)));
    assert!(child.contains("暗証番号2つ") && !child.contains("6文字から16文字"), "{child}");
    assert!(face.contains("顔認証マイナンバーカードのため") && !face.contains("住民基本台帳用"), "{face}");
}

// An office that takes a fee says so; one that takes none says that.
#[test]
fn tells_the_fee() {
    let mut paid = plain();
    paid.fees = forms::notice::NoticeFees { renewal: 200, issuance: 300 };
    let paper = paper(&[plain(), paid], &live());
    let (free, paid) = (dense(&paper.text(1)), dense(&paper.text(2)));
    assert!(free.contains("手数料はかかりません") && free.contains("無料で発行"), "{free}");
    assert!(paid.contains("手数料は200円です") && paid.contains("手数料300円"), "{paid}");
    assert!(!paid.contains("無料"), "{paid}");
}

// One page a letter, in the order given, A4, each with its own addressee.
#[test]
fn pages_follow_the_order_given() {
    let letters: Vec<_> =
        [7, 3, 5].map(|n| letter(n, &format!("見本{n}郎"), &format!("東京都見本区{n}番地"), None)).to_vec();
    let printed = print(&letters, fonts(), &live()).expect("printed");
    assert_eq!(printed.pages, 3);
    let paper = Paper::of(&printed);
    for (page, n) in [(1, 7), (2, 3), (3, 5)] {
        let text = dense(&paper.text(page));
        assert!(text.contains(&format!("見本{n}郎様")) && text.contains(&format!("通知-00000{n}")), "{text}");
    }
    let info = paper.info();
    assert!(info.contains("Pages:           3") && info.contains("(A4)"), "{info}");
}

// Training paper says so on every page, live paper never.
#[test]
fn training_is_marked_on_every_page() {
    let letters = [plain(), plain()];
    let training = paper(&letters, &PrintOptions::new(made_at(), true));
    for page in 1..=2 {
        let text = dense(&training.text(page));
        assert!(text.contains("訓練用"), "{text}");
    }
    assert!(!paper(&letters, &live()).text(1).contains('訓'));
}

// All fonts are embedded, cut down, and say what they mean; there are no more than four.
#[test]
fn fonts_are_embedded_subsets() {
    let list = paper(&[plain(), plain()], &live()).fonts();
    assert!((1..=4).contains(&list.len()), "{list:?}");
    for font in list {
        let name = &font[0];
        assert!(name.len() > 7 && name.as_bytes()[6] == b'+', "{name} is no subset");
        // name, type (two words), encoding, embedded, subset, unicode
        assert_eq!(font[3..7], ["Identity-H", "yes", "yes", "yes"], "{font:?}");
    }
}

// Title, author and language are there; the same letters give the same file.
#[test]
fn properties_and_repetition() {
    let once = print(&[plain()], fonts(), &live()).expect("printed");
    let again = print(&[plain()], fonts(), &live()).expect("printed");
    assert!(once.pdf == again.pdf);
    let info = Paper::of(&once).info();
    for needed in ["電子証明書の有効期限通知書 通知-000123", "見本区 戸籍住民課", "2026-11-22T09:30:00+09"]
    {
        assert!(info.contains(needed), "{info}");
    }
    assert!(once.pdf.windows(12).any(|w| w == b"/Lang(ja-JP)"), "language");
}

// No letters, no file; an envelope whose window holds no address is refused with a sentence.
#[test]
fn refusals() {
    assert!(matches!(print(&[], fonts(), &live()), Err(FormError::Nothing)));
    let envelope = WindowEnvelope { window_width_mm: 60.0, ..WindowEnvelope::default() };
    let error = print(&[plain()], fonts(), &PrintOptions { envelope, ..live() }).expect_err("no room");
    assert!(matches!(error, FormError::Window(_)));
    assert!(error.sentence().contains("窓"));
}

// A letter is kept as JSON and comes back the same.
#[test]
fn letters_survive_storage() {
    let kept = serde_json::to_string(&plain()).expect("JSON");
    let back: NoticeLetter = serde_json::from_str(&kept).expect("a letter");
    assert_eq!(back, plain());
    let old = kept.replace(",\"face_only\":false", "");
    assert_eq!(serde_json::from_str::<NoticeLetter>(&old).expect("a letter of before"), plain());
}

// A quarter of the paper may be one person's; the rest of a run is shared.
#[test]
fn a_run_stays_small() {
    let letters: Vec<_> = (1..=400).map(|n| NoticeLetter { number: n, ..plain() }).collect();
    let one = print(&letters[..1], fonts(), &live()).expect("printed").pdf.len();
    let many = print(&letters, fonts(), &live()).expect("printed").pdf.len();
    let each = (many - one) / 399;
    assert!(each < 1500, "{each} bytes a letter");
    assert!(one < 90_000, "{one} bytes for one letter");
}

// Long office texts shrink instead of running into each other.
#[test]
fn a_wordy_office_keeps_to_its_places() {
    let mut wordy = plain();
    wordy.office.place =
        "見本区役所本庁舎 東館1階 戸籍住民課 マイナンバーカード専用窓口(3番から12番まで)".repeat(2);
    wordy.office.hours =
        "月曜日から金曜日 午前8時30分から午後5時まで(水曜日は午後7時まで、毎月第2日曜日は正午まで)".repeat(2);
    let words = paper(&[wordy], &live()).words(1);
    for word in &words {
        assert!(
            word.left >= 9.5 && word.right <= 200.5 && word.top >= 9.5 && word.bottom <= 287.8,
            "{word:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    // However long name and address are, all of it is there, inside the window and clear of its frame.
    #[test]
    fn the_address_stays_in_the_window(
        name in "[一-龠ァ-ヶA-Z・]{1,60}",
        address in "[一-龠ァ-ヶ0-9-]{1,120}",
        building in proptest::option::of("[一-龠ァ-ヶ0-9A-Z-]{1,120}"),
    ) {
        let options = live();
        let printed = print(&[letter(1, &name, &address, building.as_deref())], fonts(), &options).expect("printed");
        let paper = Paper::of(&printed);
        // On the sheet, which lies in the middle of the envelope.
        let envelope = options.envelope;
        let left = f64::from(envelope.window_left_mm - (envelope.width_mm - 210.0) / 2.0) + 2.0;
        let top = f64::from(envelope.window_top_mm - (envelope.height_mm - 99.0) / 2.0) + 2.0;
        let right = left + f64::from(envelope.window_width_mm) - 4.0;
        let bottom = top + f64::from(envelope.window_height_mm) - 4.0;
        let mut seen = String::new();
        for word in paper.words(1) {
            if word.left < 100.0 && word.top < 60.0 {
                prop_assert!(word.left >= left.max(10.0) && word.right <= right, "{word:?}");
                prop_assert!(word.top >= top.max(10.0) && word.bottom <= bottom, "{word:?}");
                seen += &word.text;
            }
        }
        let mut expected: Vec<char> = format!("〒115-0045転送不要{address}{}{name}様", building.unwrap_or_default()).chars().collect();
        let mut seen: Vec<char> = seen.chars().collect();
        expected.sort_unstable();
        seen.sort_unstable();
        prop_assert_eq!(seen, expected);
    }
}

// The dates of the table are the letter's own, also where the two certificates end on different days.
#[test]
fn the_earlier_certificate_sets_the_deadline() {
    let mut letter = plain();
    letter.certificates[1].expires = day(2027, 1, 31);
    letter.office = office();
    let words = paper(&[letter], &live()).words(1);
    let text: String =
        words.iter().filter(|w| (130.0..152.0).contains(&w.top)).map(|w| w.text.as_str()).collect();
    assert!(text.contains("手続きの期限") && text.contains("令和9年1月10日"), "{text}");
    assert!(!text.contains("1月31日"), "{text}");
}

// The printer's own settings move the whole sheet, and nothing else changes.
#[test]
fn a_printer_that_feeds_askew_is_corrected() {
    // In an order that does not hang on how a reader puts lines together.
    let words = |options: &PrintOptions| {
        let mut words = paper(&[plain()], options).words(1);
        words.sort_by(|a, b| {
            a.text.cmp(&b.text).then(a.top.total_cmp(&b.top)).then(a.left.total_cmp(&b.left))
        });
        words
    };
    let straight = words(&live());
    let options = PrintOptions { shift_right_mm: 2.0, shift_down_mm: -1.5, ..live() };
    let moved = words(&options);
    assert_eq!(straight.len(), moved.len());
    for (a, b) in straight.iter().zip(&moved) {
        assert_eq!(a.text, b.text);
        assert!((b.left - a.left - 2.0).abs() < 0.02 && (b.top - a.top + 1.5).abs() < 0.02, "{a:?} {b:?}");
    }
}
