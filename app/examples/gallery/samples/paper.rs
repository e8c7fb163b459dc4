//! Words of papers, envelope and printers.

use super::{Text, frame};
use app::components::{FieldError, FormErrors, Notice, Tone};
use app::frame::MenuItem;
use app::pages::paper_settings::{MeasureItem, PaperLine, PaperSettingsPage, PrinterItem};
use app::pages::wording::{WordingFault, WordingPage, WordingVersion};
use app::pages::{paper_settings, wording};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let settings = frame(text, Some(MenuItem::Settings));
    let wrong = WordingPage {
        faults: vec![WordingFault {
            line: 7,
            sentence: text.say("{手数量} という欄はありません。使える欄の一覧から選んでください。"),
        }],
        ..words(text)
    };
    vec![
        ("paper-settings", paper_settings::render(&settings, &paper(text))),
        ("wording", wording::render(&settings, &words(text))),
        ("wording-wrong", wording::render(&settings, &wrong)),
    ]
}

fn paper(text: &Text) -> PaperSettingsPage {
    let field = "right_0".to_owned();
    PaperSettingsPage {
        errors: FormErrors(vec![FieldError {
            field,
            code: "M-7004".to_owned(),
            sentence: text.say("右への調整は、-15から15の半角の数字で入れてください。"),
        }]),
        notices: vec![Notice {
            tone: Tone::Caution,
            title: text.say("「受付票」の文のファイルを使えません"),
            sentence: text.say("2行目: {なにか} という欄はありません。"),
        }],
        papers: vec![PaperLine {
            code: "notice".to_owned(),
            label: text.say("有効期限通知書"),
            state: text.say("● 役所の文"),
        }],
        measures: vec![MeasureItem {
            key: "window_left_mm".to_owned(),
            label: text.say("窓の左(mm)"),
            hint: text.say("封筒の左の端から窓の左の端まで。"),
            value: text.say("20"),
        }],
        printers: vec![
            PrinterItem {
                name: text.say("印刷室のプリンタ"),
                right: text.say("1.5"),
                down: text.say("-0.5"),
            },
            PrinterItem { right: "0".to_owned(), down: "0".to_owned(), ..PrinterItem::default() },
        ],
        letters_printer: "0".to_owned(),
        counter_printer: "0".to_owned(),
        part_letters: text.say("1000"),
        fold_marks: true,
        reply_form: true,
        may_change: true,
    }
}

fn words(text: &Text) -> WordingPage {
    WordingPage {
        code: "notice".to_owned(),
        label: text.say("有効期限通知書"),
        text: text.say("[題名]\n電子証明書の有効期限通知書\n\n[前文]\n続けて使うには、{手数料}"),
        faults: Vec::new(),
        fields: vec![(text.say("手数料"), text.say("手数料の文"))],
        preview: "0123456789abcdef0123456789abcdef".to_owned(),
        pictures: 1,
        versions: vec![
            WordingVersion {
                id: "0123456789abcdef0123456789abcdef".to_owned(),
                at: text.say("R8.11.20 10:15"),
                by: text.say("高橋"),
                current: true,
            },
            WordingVersion {
                id: "fedcba9876543210fedcba9876543210".to_owned(),
                at: text.say("R8.10.1 9:00"),
                by: text.say("はじめの文またはファイル"),
                current: false,
            },
        ],
        own: true,
        may_change: true,
    }
}
