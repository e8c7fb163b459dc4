//! A notice campaign at each turn of its life, its order, and what the post brings back.

use super::{Text, frame};
use app::components::{Choice, FieldError, FormErrors, Notice, Pages, StepItem, StepStatus, Tone};
use app::frame::{Frame, FrameMessage, MenuItem};
use app::pages::campaign::{
    CampaignAction, CampaignCounts, CampaignFile, CampaignList, CampaignPage, CampaignPerson,
    CampaignProgress,
};
use app::pages::campaign_order::CampaignOrderPage;
use app::pages::returns::{ReturnedLetter, ReturnsPage, ReturnsReportPage};
use app::pages::{campaign, campaign_order, returns};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let notices = frame(text, Some(MenuItem::Notices));
    let came_back = frame(text, Some(MenuItem::Returns));
    let message = FrameMessage {
        tone: Tone::Success,
        sentence: text
            .say("令和9年2月に満了する方への通知 第12回の通知書128通の印刷用ファイルができました。"),
        href: "/campaigns/12".to_owned(),
    };
    let told = Frame { messages: vec![message], ..frame(text, Some(MenuItem::Notices)) };
    vec![
        ("campaign-new", campaign_order::render(&notices, &order(text))),
        ("campaign-release", campaign::render(&notices, &awaiting(text))),
        ("campaign-printing", campaign::render(&notices, &printing(text))),
        ("campaign-stopped", campaign::render(&notices, &stopped(text))),
        (
            "campaign-cancelling",
            campaign::render(&notices, &CampaignPage { cancelling: true, ..printing(text) }),
        ),
        ("campaign-printed", campaign::render(&told, &printed(text))),
        ("campaign-posted", campaign::render(&notices, &posted(text))),
        ("returns", returns::render(&came_back, &scanned(text))),
        ("returns-report", returns::render_report(&came_back, &report(text))),
    ]
}

fn order(text: &Text) -> CampaignOrderPage {
    CampaignOrderPage {
        notices: vec![Notice {
            tone: Tone::Caution,
            title: text.say("役所の表示が足りません"),
            sentence: text.say("電話番号が入っていません。"),
        }],
        errors: FormErrors(vec![FieldError {
            field: "planned_on".to_owned(),
            code: text.say("M-2023"),
            sentence: text.say("一覧を作る日が過ぎています。"),
        }]),
        first: text.say("2027-02"),
        last: text.say("R9.3"),
        planned_on: text.say("R8.11.1"),
        recipients: vec![
            Choice::new("everyone", text.say("対象者全員")),
            Choice::new("left_out_by_jlis", text.say("J-LISの通知が届かない方だけ")),
        ],
        notices_to: "everyone".to_owned(),
        again: false,
        straight: Some(true),
        once: text.say("once-31"),
    }
}

fn steps(text: &Text, here: usize) -> Vec<StepItem> {
    let titles = ["予定", "対象者の一覧", "承認", "印刷用のファイル", "発送", "終了"];
    let step = |(index, title): (usize, &str)| StepItem {
        title: text.say(title),
        status: match index {
            done if done < here => StepStatus::Done(text.say("R8.11.20 10:21")),
            now if now == here => StepStatus::Current,
            _ => StepStatus::Todo,
        },
    };
    titles.into_iter().enumerate().map(step).collect()
}

fn person(text: &Text, number: &str, name: &str, letter: Option<i64>, remark: &str) -> CampaignPerson {
    CampaignPerson {
        number: number.to_owned(),
        name: text.say(name),
        kana: text.say("ワタナベ ハナコ"),
        address: text.say("〒115-0045 見本区赤羽一丁目1番38号"),
        letter,
        remark: text.say(remark),
        masked: false,
        may_tick: letter.is_some(),
        ticked: false,
    }
}

fn base(text: &Text) -> CampaignPage {
    let list = |code: &str, label: &str, people| CampaignList {
        code: code.to_owned(),
        label: text.say(label),
        people,
    };
    CampaignPage {
        id: 12,
        title: text.say("令和9年2月に満了する方への通知 第12回"),
        facts: vec![
            (text.say("送る相手"), text.say("対象者全員")),
            (text.say("一覧を作った人"), text.say("R8.11.20 10:21 鈴木")),
        ],
        lists: vec![
            list("open", "これから印刷", 128),
            list("printed", "印刷済み", 0),
            list("posted", "発送済み", 0),
            list("returned", "返戻", 0),
            list("excluded", "対象外", 24),
        ],
        pages: Pages { current: 1, last: 3, total: 128, address: "/campaigns/12?list=open&page=".to_owned() },
        version: 3,
        once: text.say("once-32"),
        ..CampaignPage::default()
    }
}

fn counts(printed: u64, posted: u64, returned: u64, open: u64) -> CampaignCounts {
    CampaignCounts { targets: printed + 24 + open, printed, posted, returned, excluded: 24, open }
}

fn awaiting(text: &Text) -> CampaignPage {
    CampaignPage {
        state: text.say("承認待ち"),
        steps: steps(text, 2),
        counts: counts(0, 0, 0, 128),
        reasons: vec![
            (text.say("カードも同じ時期に満了するため、カードの更新のご案内になります。"), 13),
            (text.say("更新が済み、新しい電子証明書になっています。"), 11),
        ],
        action: CampaignAction::Release { letters: 128, refused: None },
        cancel: Some(text.say("通知書は1通も作られません。")),
        list: "open".to_owned(),
        people: vec![
            person(text, "1000234", "渡󠄁邉 花子", None, ""),
            person(text, "1000871", "髙橋 一郎", None, ""),
        ],
        ..base(text)
    }
}

fn printing(text: &Text) -> CampaignPage {
    CampaignPage {
        state: text.say("印刷用のファイルを作成中"),
        steps: steps(text, 3),
        counts: counts(100, 0, 0, 28),
        progress: Some(CampaignProgress {
            doing: text.say("印刷用のファイルを作っています"),
            done: 100,
            all: 128,
            stopped: None,
        }),
        cancel: Some(
            text.say("まだ印刷していない28通を無効にします。印刷した100通は残り、発送を記録できます。"),
        ),
        files: files(false),
        ..base(text)
    }
}

fn stopped(text: &Text) -> CampaignPage {
    let progress = CampaignProgress {
        doing: text.say("印刷用のファイルを作っています"),
        done: 100,
        all: 128,
        stopped: Some(text.say("空き容量が足りません。")),
    };
    CampaignPage { progress: Some(progress), ..printing(text) }
}

fn files(ready: bool) -> Vec<CampaignFile> {
    let file = |number, letters, from: &str, to: &str, ready| CampaignFile {
        number,
        letters,
        pages: if ready { Some(2 * letters) } else { None },
        from: from.to_owned(),
        to: to.to_owned(),
        ready,
    };
    vec![file(1, 100, "通知-000401", "通知-000500", true), file(2, 28, "通知-000501", "通知-000528", ready)]
}

fn printed(text: &Text) -> CampaignPage {
    CampaignPage {
        state: text.say("発送待ち"),
        steps: steps(text, 4),
        counts: counts(128, 0, 0, 0),
        action: CampaignAction::Post { letters: 128, day: text.say("R8.11.31") },
        errors: FormErrors(vec![
            FieldError {
                field: "posted_on".to_owned(),
                code: text.say("M-2012"),
                sentence: text.say("発送日が今日より後です。"),
            },
            FieldError {
                field: "letter".to_owned(),
                code: text.say("M-2018"),
                sentence: text.say("通知書が選ばれていません。"),
            },
        ]),
        files: files(true),
        list: "printed".to_owned(),
        people: vec![
            CampaignPerson { ticked: true, ..person(text, "1000234", "渡󠄁邉 花子", Some(401), "") },
            person(text, "1000871", "髙橋 一郎", Some(402), ""),
        ],
        letter_reasons: letter_reasons(text),
        letter_reason: "damaged".to_owned(),
        may_print_again: true,
        cancel: Some(text.say("印刷した128通をすべて無効にします。発送しないでください。")),
        ..base(text)
    }
}

fn letter_reasons(text: &Text) -> Vec<Choice> {
    vec![
        Choice::new("", text.say("選んでください")),
        Choice::new("damaged", text.say("印刷や封入のときに傷みました。")),
    ]
}

fn posted(text: &Text) -> CampaignPage {
    let hidden = CampaignPerson {
        letter: Some(404),
        remark: text.say("支援措置の対象のため、自動では送りません。"),
        masked: true,
        ..CampaignPerson::default()
    };
    CampaignPage {
        state: text.say("発送済み"),
        steps: steps(text, 5),
        notices: vec![Notice {
            tone: Tone::Information,
            title: String::new(),
            sentence: text.say("この回で対象外とした12人は、一覧に残っていません。"),
        }],
        counts: counts(128, 128, 3, 0),
        action: CampaignAction::End,
        files: files(true),
        list: "returned".to_owned(),
        people: vec![person(text, "1000234", "渡󠄁邉 花子", Some(401), "転居先不明"), hidden],
        letter_reasons: letter_reasons(text),
        may_print_again: true,
        ..base(text)
    }
}

fn returned(text: &Text) -> Vec<ReturnedLetter> {
    let letter = |name: &str, reason: &str, since: &str| ReturnedLetter {
        letter: text.say("通知-000401"),
        number: "1000234".to_owned(),
        name: text.say(name),
        kana: text.say("ワタナベ ハナコ"),
        sent_to: text.say("見本区赤羽一丁目1番38号"),
        posted: text.say("R8.11.22"),
        returned: text.say("R8.11.30"),
        reason: text.say(reason),
        since: text.say(since),
        by: text.say("佐藤"),
        masked: false,
    };
    let shown = letter("渡󠄁邉 花子", "あて所に尋ねあたりません", "作り直しました");
    let hidden = ReturnedLetter {
        masked: true,
        letter: text.say("通知-000404"),
        reason: text.say("受取拒絶"),
        ..ReturnedLetter::default()
    };
    vec![shown, hidden]
}

fn scanned(text: &Text) -> ReturnsPage {
    ReturnsPage {
        done: Some(Notice {
            tone: Tone::Error,
            title: text.say("記録していません(M-2030)"),
            sentence: text.say("返戻の理由を選んでください。"),
        }),
        errors: FormErrors(vec![
            FieldError {
                field: "reason".to_owned(),
                code: String::new(),
                sentence: text.say("返戻の理由を選んでください。"),
            },
            FieldError {
                field: "scanned".to_owned(),
                code: String::new(),
                sentence: text.say("この番号の通知書はありません。"),
            },
        ]),
        scanned: text.say("通知-401"),
        reasons: vec![
            Choice::new("unknown", text.say("あて所に尋ねあたりません")),
            Choice::new("moved", text.say("転居先不明")),
        ],
        reason: String::new(),
        today: returned(text),
    }
}

fn report(text: &Text) -> ReturnsReportPage {
    ReturnsReportPage {
        from: text.say("R8.11.1"),
        until: text.say("R8.11.31"),
        errors: FormErrors(vec![FieldError {
            field: "until".to_owned(),
            code: text.say("M-2034"),
            sentence: text.say("日付として読めません。"),
        }]),
        period: text.say("令和8年11月1日から令和8年11月30日まで"),
        reasons: vec![(text.say("あて所に尋ねあたりません"), 2), (text.say("受取拒絶"), 1)],
        letters: returned(text),
        cut: true,
        csv: "/returns/report.csv?from=2026-11-01&until=2026-11-30".to_owned(),
    }
}
