//! The day's work and its end: lists, telephone, closing, statistics, what was changed in the settings.

use super::{Text, after, day, frame};
use app::components::{BarChart, Choice, FieldError, FormErrors, Notice, Pages, Tone};
use app::frame::{Frame, MenuItem};
use app::pages::calendar_settings::DayAhead;
use app::pages::closing::{ClosedDay, ClosingPage, CountGroup, DayLink, DayToClose, DifferenceItem, PastDay};
use app::pages::setting_history::{SettingChange, SettingHistoryPage};
use app::pages::statistics::{ForecastPage, Preset, StatTable, StatisticsPage};
use app::pages::telephone::{TelephonePage, Topic};
use app::pages::work_lists::{WorkItem, WorkListsPage, WorkTab};
use app::pages::{closing, setting_history, statistics, telephone, work_lists};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let closing_frame = frame(text, Some(MenuItem::Closing));
    let statistics_frame = frame(text, Some(MenuItem::Statistics));
    let calling = Frame { telephone: true, ..frame(text, Some(MenuItem::Today)) };
    vec![
        ("work", work_lists::render(&frame(text, Some(MenuItem::Work)), &work(text))),
        ("telephone", telephone::render(&calling, &calls(text))),
        ("closing", closing::render(&closing_frame, &to_close(text))),
        (
            "closing-done",
            closing::render(
                &after(text, Some(MenuItem::Closing), "締めました。日報を印刷して綴じてください。"),
                &closed(text),
            ),
        ),
        ("statistics", statistics::render(&statistics_frame, &span(text))),
        ("forecast", statistics::render_forecast(&statistics_frame, &forecast(text))),
        ("setting-history", setting_history::render(&frame(text, Some(MenuItem::Settings)), &changes(text))),
    ]
}

fn work(text: &Text) -> WorkListsPage {
    let tab = |label: &str, count, current| WorkTab {
        label: text.say(label),
        href: format!("/work?list={count}"),
        count,
        current,
    };
    let row = |number: &str, pressing: bool| WorkItem {
        number: text.say(number),
        kind: text.say("更新"),
        who: text.say("見本 太郎"),
        who_detail: text.say("みほん たろう / 任意代理人が来庁"),
        state: text.say("回答期限切れ"),
        why: text.say("電話がつながらない"),
        day: text.say("R8.11.17"),
        left: text.say("3日過ぎています"),
        pressing,
        station: text.say("3番窓口"),
        clerk: text.say("佐藤"),
        next: text.say("送り直すか終える"),
        href: if pressing { "/cases/R8-000101".to_owned() } else { String::new() },
    };
    WorkListsPage {
        tabs: vec![tab("今日の窓口", 3, false), tab("中断した更新", 0, false), tab("回答期限切れ", 2, true)],
        title: text.say("回答期限切れ"),
        about: text.say("回答期限を過ぎた受付です。送り直すか、終えるかを決めます。"),
        day_head: "回答期限",
        empty: String::new(),
        rows: vec![row("R8-000101", true), row("R8-000102", false)],
        pages: Pages { current: 1, last: 2, total: 102, address: "/work?list=overdue&page=".to_owned() },
    }
}

fn calls(text: &Text) -> TelephonePage {
    let one = |day: &str, hours: &str, stands_out| DayAhead {
        day: text.say(day),
        hours: text.say(hours),
        card_work: text.say("窓口と同じ"),
        stands_out,
    };
    TelephonePage {
        now: Notice {
            tone: Tone::Information,
            title: String::new(),
            sentence: text.say("今日はすべての手続きができます。"),
        },
        refusal: text.say("「電子証明書が有効かどうかや有効期限は、お電話ではお答えしていません。」"),
        instead: vec![text.say("本人がカードを持って窓口に来れば、お伝えできます。")],
        place: text.say("見本区役所 1階 3番窓口"),
        hours: text.say("月曜日から金曜日 午前8時30分から午後5時まで"),
        closed: text.say("土曜日・日曜日・祝日・年末年始"),
        website: text.say("example.jp/yoyaku"),
        days: vec![
            one("令和8年11月20日(金)", "8:30から17:15まで", false),
            one("令和8年11月21日(土)", "閉庁(土曜日)", true),
        ],
        topics: vec![Topic {
            title: text.say("電子証明書の更新"),
            say: vec![text.say("手数料はかかりません。")],
            bring: vec![text.say("マイナンバーカード")],
        }],
    }
}

fn difference(text: &Text, from_before: bool) -> DifferenceItem {
    DifferenceItem {
        field: "why_torn_R8-000098".to_owned(),
        sentence: text.say("受付R8-000098のカードの更新は、中断したままです。"),
        receptions: vec![text.say("R8-000098")],
        why: text.say("停電のため。本人は明日9時に来庁する。"),
        from_before,
    }
}

fn to_close(text: &Text) -> ClosingPage {
    let link = |label: &str, current| DayLink {
        label: text.say(label),
        href: "/closing/2026-11-19".to_owned(),
        current,
    };
    let group = |title: &str| CountGroup {
        title: text.say(title),
        lines: vec![(text.say("前回からの持ち越し"), 4), (text.say("完了"), 31)],
    };
    let second =
        DifferenceItem { field: "why_counter".to_owned(), why: String::new(), ..difference(text, false) };
    ClosingPage {
        errors: FormErrors(vec![FieldError {
            field: "why_counter".to_owned(),
            code: "M-6001".to_owned(),
            sentence: text.say("差異の説明を500文字までで入力してください。"),
        }]),
        day: day(2026, 11, 19),
        waiting: vec![link("令和8年11月19日(木)", true), link("令和8年11月20日(金)", false)],
        notices: vec![Notice {
            tone: Tone::Caution,
            title: String::new(),
            sentence: text.say("令和8年11月19日(木)は締めないまま過ぎました。"),
        }],
        counts: vec![group("受付"), group("文書"), group("カード")],
        balance: text.say("持ち越し4 + 受付31 + 再開0 = 終わった受付30 + 次への持ち越し5"),
        balances: true,
        open: Some(DayToClose {
            differences: vec![difference(text, true), second],
            may_close: true,
            once: "0f".repeat(16),
            seen: "0123456789abcdef".to_owned(),
        }),
        closed: None,
        past: past(text),
        pages: Pages { current: 1, last: 3, total: 80, address: "/closing?page=".to_owned() },
    }
}

fn past(text: &Text) -> Vec<PastDay> {
    let one = |reopened: &str| PastDay {
        day: day(2026, 11, 18),
        href: "/closing/2026-11-18".to_owned(),
        closed: text.say("R8.11.18 17:20 佐藤"),
        opened: 42,
        over: 40,
        carried: 4,
        differences: 1,
        report: "/closing/reports/7".to_owned(),
        reopened: if reopened.is_empty() { String::new() } else { text.say(reopened) },
    };
    vec![one(""), one("高橋がR8.11.18 17:31に取り消し: 受付の入力もれ")]
}

fn closed(text: &Text) -> ClosingPage {
    ClosingPage {
        open: None,
        errors: FormErrors::default(),
        notices: Vec::new(),
        closed: Some(ClosedDay {
            closing: 8,
            by: text.say("佐藤"),
            at: text.say("R8.11.19 17:20"),
            report: "/closing/reports/8".to_owned(),
            records: 1234,
            head: text.say("5a5a5a5a5a5a5a5a"),
            explained: vec![difference(text, false)],
            may_reopen: true,
            reason: text.say("受付の入力もれ"),
        }),
        ..to_close(text)
    }
}

fn table(text: &Text) -> StatTable {
    let row = |label: &str| vec![text.say(label), text.say("31"), text.say("62.0%")];
    StatTable {
        title: text.say("手続き別"),
        about: text.say("この期間に受け付けた受付を、今の状態で数えています。"),
        heads: &["手続き", "受付", "割合"],
        rows: vec![row("更新"), row("計")],
    }
}

fn span(text: &Text) -> StatisticsPage {
    let preset = |label: &str, current| Preset {
        label: text.say(label),
        href: "/statistics?from=a".to_owned(),
        current,
    };
    StatisticsPage {
        errors: FormErrors::default(),
        from: text.say("R8.11.1"),
        until: text.say("R8.11.30"),
        presets: vec![preset("今日", false), preset("今月", true)],
        understood: text.say("令和8年11月1日(日)から令和8年11月30日(月)まで"),
        query: "from=2026-11-01&until=2026-11-30".to_owned(),
        tables: vec![table(text), table(text)],
        may_export: true,
    }
}

fn forecast(text: &Text) -> ForecastPage {
    let bars = (0..36_u64).map(|at| (text.say(&((at + 10) % 12 + 1).to_string()), at * 97 % 520));
    ForecastPage {
        chart: BarChart {
            sentence: text.say("36か月の間に満了します。"),
            unit: text.say("人"),
            bars: bars.collect(),
            groups: vec![(0, text.say("R8年")), (2, text.say("R9年")), (14, text.say("R10年"))],
        },
        sentence: text.say("最も多いのは令和9年7月の512人です。"),
        table: table(text),
        may_export: true,
        query: "from=2026-11-01&until=2026-11-30".to_owned(),
    }
}

fn changes(text: &Text) -> SettingHistoryPage {
    let change = |sentence: &str, old: &str, new: &str| {
        let some = |words: &str| if words.is_empty() { String::new() } else { text.say(words) };
        SettingChange {
            at: text.say("R8.11.2 14:05"),
            by: text.say("高橋"),
            what: text.say("更新期間の初日"),
            sentence: some(sentence),
            old: some(old),
            new: some(new),
        }
    };
    SettingHistoryPage {
        about: "window_start".to_owned(),
        families: vec![
            Choice::new("", text.say("すべて")),
            Choice::new("window_start", text.say("更新期間の初日")),
        ],
        changes_what: text.say("更新の受付を始める日が1日変わります。"),
        changes: vec![
            change("", "3か月前の翌日", "3か月前の日"),
            change("用紙と印刷の設定を変えました。", "", ""),
            change("", "", "創立記念日"),
        ],
        pages: Pages { current: 1, last: 2, total: 53, address: "/settings/history?about=&page=".to_owned() },
    }
}
