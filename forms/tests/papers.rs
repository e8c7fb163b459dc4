//! Every paper: complete by the standard wording, on the page, in embedded fonts, and with its codes.

mod common;

use common::poppler::{Paper as Sheet, codes};
use common::{fonts, made_at, office, samples as all_samples};
use forms::daily_report::ReportExplanation;
use forms::inquiry::{InquiredProcedure, InquiryLetter};
use forms::{
    FallbackReason, OfficeText, Paper, PrintOptions, Wording, Wordings, check_wording, code, samples,
};
use rules::kinds::PinKind;

fn live() -> PrintOptions {
    PrintOptions::new(made_at(), false)
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

// What ships with the program is complete and fits, also for an office with long names.
#[test]
fn the_standard_wordings_fit_their_papers() {
    let wordy = OfficeText {
        department: "市民生活部 戸籍住民課 マイナンバーカード交付推進係".to_owned(),
        place: "見本区役所本庁舎 東館1階 マイナンバーカード専用窓口(3番から12番まで)".to_owned(),
        ..office()
    };
    for paper in Paper::ALL {
        for office in [office(), wordy.clone()] {
            let checked =
                check_wording(paper, paper.standard_text(), &office, fonts(), &live()).expect("set");
            assert!(checked.is_ok(), "{paper:?}: {checked:?}");
        }
    }
}

// A wording has the identifier of its content; an unknown version is refused instead of printed with other words.
#[test]
fn versions_are_named_by_their_content() {
    let standard = Wording::standard(Paper::Inquiry);
    let changed = standard.text().replace("照会します", "お尋ね(照会)します");
    let changed = Wording::parse(Paper::Inquiry, &changed).expect("complete");
    assert_ne!(standard.id(), changed.id());
    let mut wordings = Wordings::default();
    wordings.put_in_force(changed.clone());
    let options = PrintOptions { wordings, ..live() };
    let text = |letter: &InquiryLetter| {
        dense(&Sheet::of(&forms::inquiry::print(letter, fonts(), &options).expect("printed")).text(1))
    };
    let letter = samples::inquiry(office());
    assert!(text(&letter).contains("お尋ね(照会)します"));
    let old = InquiryLetter { wording: Some(standard.id().to_owned()), ..letter.clone() };
    assert!(!text(&old).contains("お尋ね") && text(&old).contains("照会します"));
    let lost = InquiryLetter { wording: Some("0".repeat(32)), ..letter };
    let error = forms::inquiry::print(&lost, fonts(), &options).expect_err("nobody knows these words");
    assert!(error.sentence().contains("版が見つかりません"));
}

// Faults are told with their line.
#[test]
fn faults_name_their_line() {
    let standard = Paper::Envelope.standard_text();
    let line_of = |words: &str| standard.lines().position(|line| line.contains(words)).expect("there") + 1;
    let faults = |text: &str| Wording::parse(Paper::Envelope, text).expect_err("faulty");
    let missing = faults(&standard.replace("転送不要", "親展"));
    assert_eq!(missing[0].line, line_of("転送不要"));
    let unknown = faults(&standard.replace("差出人に返して", "{差出}に返して"));
    assert_eq!((unknown.len(), unknown[0].line), (1, line_of("差出人に返して")));
    for (broken, words) in [
        (standard.replace("あて名", "{あて名"), "}"),
        (standard.replace("あて名", "あて名}"), "{"),
        (format!("まえがき\n{standard}"), "見出しの前"),
        (format!("{standard}\n[表示]\n転送不要\n"), "二度"),
        (standard.replace("[表示]", "[表示札]"), "という見出しはありません"),
        (standard.replace("転送不要", "転送\u{7}不要"), "U+0007"),
    ] {
        assert!(faults(&broken).iter().any(|fault| fault.sentence.contains(words)), "{words}");
    }
}

// The inquiry asks, its reply part has all that the principal must write, and the two carry the codes of one letter.
#[test]
fn the_inquiry_and_its_reply_are_complete() {
    let letter = samples::re_inquiry(office());
    let sheet = Sheet::of(&forms::inquiry::print(&letter, fonts(), &live()).expect("printed"));
    let (inquiry, reply) = (dense(&sheet.text(1)), dense(&sheet.text(2)));
    for needed in [
        "照会書兼回答書(再照会)",
        "転送不要",
        "文書番号照会-000124",
        "令和8年11月22日",
        "見本区長見本一郎",
        "渡邉\u{E0111}花子様",
        "昭和55年10月10日",
        "受付番号R8-000123",
        "見本一郎さん(長男)",
        "もう一度照会します",
        "令和8年12月22日(火)まで",
        "本人確認書類",
        "のりで封をします",
        "電話03-0000-0123",
        "覚えがないとき",
    ] {
        assert!(inquiry.contains(needed), "{needed}: {inquiry}");
    }
    for needed in [
        "回答書(委任状)",
        "見本区長あて",
        "渡邉\u{E0111}花子",
        "照会-000124",
        "私の意思によるものです",
        "申請した覚えがありません",
        "委任します",
        "氏名",
        "住所",
        "生年月日",
        "本人との関係",
        "署名用電子証明書英字と数字6から16文字",
        "券面事項入力補助用数字4桁",
        "ゼロ",
        "オー",
        "イチ",
        "アイ",
        "同意します",
        "回答した日",
        "本人の署名",
        "封をして",
        "期限令和8年12月22日(火)まで",
    ] {
        assert!(reply.contains(needed), "{needed}: {reply}");
    }
    for procedure in InquiredProcedure::ALL {
        assert!(reply.contains(&procedure.label()), "{procedure:?}");
    }
    assert_eq!(codes(&sheet, 1), [letter.token.as_str()]);
    assert_eq!(codes(&sheet, 2), [code::of_reply(&letter.token)]);
}

// A card without PINs gets a reply form without squares for any.
#[test]
fn no_squares_where_the_card_has_no_pin() {
    let letter = InquiryLetter { pins: Vec::new(), ..samples::inquiry(office()) };
    let sheet = Sheet::of(&forms::inquiry::print(&letter, fonts(), &live()).expect("printed"));
    let reply = dense(&sheet.text(2));
    assert!(!reply.contains("3暗証番号") && reply.contains("3同意と署名"), "{reply}");
    let some = InquiryLetter { pins: vec![PinKind::Authentication], ..letter };
    let sheet = Sheet::of(&forms::inquiry::print(&some, fonts(), &live()).expect("printed"));
    let reply = dense(&sheet.text(2));
    assert!(reply.contains("利用者証明用電子証明書数字4桁") && !reply.contains("6から16文字"), "{reply}");
}

// The slip's code is its number; the daily report names nobody; the receipt keeps to the certificates it is about.
#[test]
fn slips_receipts_and_reports() {
    let print = |paper| Sheet::of(&samples::print(paper, &office(), fonts(), &live()).expect("printed"));
    let slip = print(Paper::ReceptionSlip);
    assert_eq!(codes(&slip, 1), ["R8-000123"]);
    assert!(!dense(&slip.text(1)).contains("花子"));
    let report = print(Paper::DailyReport);
    let text: String = (1..=report.pages).map(|page| dense(&report.text(page))).collect();
    assert_eq!(text.matches("R8-0001").count(), 50, "{text}");
    assert!(!text.contains("花子"));
    let mut receipt = samples::receipt(office());
    receipt.certificates.clear();
    let bare = Sheet::of(&forms::receipt::print(&receipt, fonts(), &live()).expect("printed"));
    assert!(
        !dense(&bare.text(1)).contains("5回続けて")
            && dense(&bare.text(1)).contains("暗証番号は、ほかの人に")
    );
    let envelope = print(Paper::Envelope);
    let text = dense(&envelope.text(1));
    assert!(text.contains("転送不要") && text.contains("渡邉\u{E0111}花子様"), "{text}");
    assert!(envelope.info().contains("666.14 x 340.16"), "長形3号: {}", envelope.info());
}

// A bad day: more explanations than a page holds, each long; all of them stand there whole, before every case of the
// list, and the trail's head is one line.
#[test]
fn a_report_with_much_to_explain() {
    let mut report = samples::daily_report(office());
    let why = "停電のためカードの更新が止まった。本人に説明し、明日来庁することを確かめた。".repeat(8);
    report.explanations = (0..30)
        .map(|at| ReportExplanation {
            what: format!("受付番号R8-{at:06}のカードの更新は、中断したままです。"),
            why: format!("{why}第{at}号終わり"),
        })
        .collect();
    report.edition = 2;
    let printed = forms::daily_report::print(&report, fonts(), &live()).expect("printed");
    assert!(
        !printed.fallbacks.iter().any(|one| one.reason == FallbackReason::TooLong),
        "all of it is readable"
    );
    let sheet = Sheet::of(&printed);
    let text: String = (1..=sheet.pages).map(|page| dense(&sheet.text(page))).collect();
    for at in 0..30 {
        assert!(text.contains(&format!("第{at}号終わり")), "{at}: {text}");
    }
    assert_eq!(text.matches("R8-0001").count(), 50, "every case is listed");
    assert!(text.contains("1234件") && text.contains(&"5a".repeat(32)) && text.contains("(第2版)"), "{text}");
    let words: Vec<_> = (1..=sheet.pages).flat_map(|page| sheet.words(page)).collect();
    let lowest = words.iter().map(|word| word.bottom).fold(0.0, f64::max);
    assert!(lowest < 287.0, "nothing runs off the sheet: {lowest}");
}

// On every paper all fonts are embedded subsets that say what they mean, nothing shows .notdef, and the document
// carries what an archive asks for.
#[test]
fn every_paper_is_fit_for_post_and_archive() {
    for (name, printed) in all_samples(fonts()).expect("samples") {
        let sheet = Sheet::of(&printed);
        for font in sheet.fonts() {
            assert_eq!(font[3..7], ["Identity-H", "yes", "yes", "yes"], "{name}: {font:?}");
        }
        for page in 1..=sheet.pages {
            let text = sheet.text(page);
            assert!(!text.contains('\u{FFFD}') && !text.contains('\0'), "{name}");
        }
        let holds = |bytes: &[u8]| printed.pdf.windows(bytes.len()).any(|window| window == bytes);
        for needed in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>U<", "ja-JP", "<dc:title>"] {
            assert!(holds(needed.as_bytes()), "{name}: {needed}");
        }
        let known = |f: &&forms::Fallback| f.reason == FallbackReason::TooLong;
        assert_eq!(printed.fallbacks.iter().filter(known).count(), 0, "{name}");
        assert!(sheet.info().contains("Title:"), "{name}");
    }
}

// The test sheet tells the printer's offsets and has its rulers at their numbers.
#[test]
fn the_test_sheet_measures() {
    let options = PrintOptions { shift_right_mm: 1.5, shift_down_mm: -2.0, ..live() };
    let printed = forms::test_sheet::print("印刷室", &office(), fonts(), &options).expect("printed");
    let sheet = Sheet::of(&printed);
    let words = sheet.words(1);
    let ten = words.iter().find(|word| word.text == "10").expect("a number on the ruler");
    let middle = f64::midpoint(ten.left, ten.right);
    assert!((middle - 11.5).abs() < 0.1, "{middle}");
    assert!(dense(&sheet.text(1)).contains("プリンタ印刷室"));
}
