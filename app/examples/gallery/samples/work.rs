//! Notices, imports, calculations, the trail.

use super::{Text, day, frame};
use app::components::{Choice, FieldError, FormErrors, Notice, Pages, Source, Tone};
use app::frame::MenuItem;
use app::pages::audit::{
    AuditDay, AuditFilter, AuditOutcome, AuditPage, AuditRow, TrailCheckpoint, TrailState,
};
use app::pages::calc::{CalcAnswer, CalcPage};
use app::pages::imports::{CheckPage, ImportsPage, PastImport, ProgressPage, RefusedRow, RowChange};
use app::pages::notices_index::{CampaignLine, NoticeMonth, NoticesIndexPage};
use app::pages::notices_month::{ExcludedRow, GlyphFallback, NoticeRow, NoticesMonthPage};
use app::pages::{audit, calc, imports, notices_index, notices_month};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let notices = frame(text, Some(MenuItem::Notices));
    let files = frame(text, Some(MenuItem::Imports));
    vec![
        ("notices", notices_index::render(&notices, &index(text))),
        ("notices-month", notices_month::render(&notices, &month(text))),
        ("imports", imports::render(&files, &imports_page(text))),
        ("imports-check", imports::render_check(&files, &check(text))),
        ("imports-progress", imports::render_progress(&files, &progress(text))),
        ("calc", calc::render(&frame(text, Some(MenuItem::Calc)), &calc_page(text, "renewal_period"))),
        ("calc-procedure", calc::render(&frame(text, Some(MenuItem::Calc)), &calc_page(text, "procedure"))),
        (
            "calc-barcode",
            calc::render(&frame(text, Some(MenuItem::Calc)), &calc_page(text, "customer_barcode")),
        ),
        ("audit", audit::render(&frame(text, Some(MenuItem::Audit)), &audit_page(text))),
    ]
}

fn index(text: &Text) -> NoticesIndexPage {
    let month = |expiring: &str, label: &str, note: &str, people, made, left, due| NoticeMonth {
        expiring: expiring.to_owned(),
        label: text.say(label),
        note: text.say(note),
        people,
        made,
        left: Some(left),
        due,
    };
    NoticesIndexPage {
        months: vec![
            month("2026-12", "令和8年12月", "9月から更新できます", 141, 139, 0, false),
            month("2027-01", "令和9年1月", "10月から更新できます", 133, 120, 8, true),
            month("2027-02", "令和9年2月", "11月から更新できます", 152, 0, 128, true),
            month("2027-03", "令和9年3月", "12月から更新できます", 160, 0, 151, false),
        ],
        campaigns: vec![CampaignLine {
            id: 7,
            label: text.say("令和9年1月"),
            state: text.say("発送待ち"),
            waits: true,
            at: text.say("R8.10.2 10:21"),
            by: text.say("鈴木"),
            targets: 133,
            printed: 120,
            excluded: 13,
            open: 0,
        }],
        month: text.say("R9.13"),
        errors: FormErrors(vec![FieldError {
            field: "month".to_owned(),
            code: text.say("M-1601"),
            sentence: text.say("月として読めません。R9.5 や 2027-05 のように入れてください。"),
        }]),
    }
}

fn month(text: &Text) -> NoticesMonthPage {
    let row = |number: &str, name: &str, kana: &str, address: &str, certificates: &str| NoticeRow {
        number: number.to_owned(),
        name: text.say(name),
        kana: text.say(kana),
        address: text.say(address),
        certificates: text.say(certificates),
        expires: day(2027, 2, 10),
        renewal_from: day(2026, 11, 11),
    };
    NoticesMonthPage {
        expiring: "2027-02".to_owned(),
        label: text.say("令和9年2月"),
        notices: vec![Notice {
            tone: Tone::Information,
            title: String::new(),
            sentence: text.say("住民の一覧は令和8年11月19日に取り込んだものです。"),
        }],
        included: vec![
            row(
                "1000234",
                "渡󠄁邉 花子",
                "ワタナベ ハナコ",
                "〒115-0045 見本区赤羽一丁目1番38号",
                "署名用・利用者証明用",
            ),
            row(
                "1000871",
                "髙橋 一郎",
                "タカハシ イチロウ",
                "〒115-0042 見本区志茂二丁目5番1号",
                "署名用・利用者証明用",
            ),
            row(
                "1001002",
                "山﨑 さくら",
                "ヤマザキ サクラ",
                "〒114-0022 見本区王子本町一丁目15番22号",
                "利用者証明用",
            ),
        ],
        included_count: 128,
        included_pages: Pages {
            current: 1,
            last: 43,
            total: 128,
            address: "/notices/2027-02?page=".to_owned(),
        },
        excluded: vec![
            ExcludedRow {
                number: "1000300".to_owned(),
                name: text.say("小林 勇"),
                sentence: text.say("転出しています。"),
                masked: false,
            },
            ExcludedRow {
                number: "1000301".to_owned(),
                name: String::new(),
                sentence: text.say("支援措置の対象です。責任者が送り先を決めます。"),
                masked: true,
            },
        ],
        excluded_count: 24,
        excluded_pages: Pages {
            current: 1,
            last: 12,
            total: 24,
            address: "/notices/2027-02?out=".to_owned(),
        },
        reasons: vec![
            (text.say("カードの有効期限も同じ時期に来る(カードの更新)"), 11),
            (text.say("転出しています"), 7),
            (text.say("通知書を作成済み"), 6),
        ],
        already_noticed: 6,
        fallbacks: vec![GlyphFallback {
            number: "1000411".to_owned(),
            name: text.say("辻󠄀 恵"),
            character: text.say("辻󠄀"),
            code_points: text.say("U+8FBB U+E0100"),
        }],
        campaigns: vec![(8, text.say("令和9年2月に満了する方への通知 第8回"), text.say("承認待ち"))],
    }
}

fn imports_page(text: &Text) -> ImportsPage {
    let past = |at: &str, kind: &str, file: &str, by: &str| PastImport {
        at: text.say(at),
        kind: text.say(kind),
        file: text.say(file),
        by: text.say(by),
        added: 12,
        changed: 34,
        unchanged: 1_967,
        refused: 3,
    };
    ImportsPage {
        errors: FormErrors(vec![FieldError {
            field: "file".to_owned(),
            code: text.say("M-1701"),
            sentence: text.say("このファイルには「個人番号」の列があります。12桁の個人番号は受け取りません。その列を除いてください。"),
        }]),
        kind: "residents".to_owned(),
        past: vec![
            past("R8.11.19 08:40", "住民", "jumin_20261119.csv", "鈴木"),
            past("R8.11.19 08:45", "カード", "card_20261119.csv", "コマンド"),
        ],
        may_import: true,
    }
}

fn check(text: &Text) -> CheckPage {
    CheckPage {
        id: "5".to_owned(),
        kind: text.say("住民"),
        file: text.say("jumin_20261120.csv"),
        read_as: text.say("Shift_JIS(CP932)・19列"),
        added: 12,
        changed: 34,
        unchanged: 1_967,
        refused: 3,
        refused_rows: vec![
            RefusedRow {
                row: 18,
                column: text.say("生年月日"),
                value: text.say("S65.2.30"),
                sentence: text.say("昭和65年はありません。"),
            },
            RefusedRow {
                row: 402,
                column: text.say("宛名番号"),
                value: text.say("1000234"),
                sentence: text.say("同じ宛名番号が17行目にもあります。"),
            },
        ],
        changes: vec![RowChange {
            row: 17,
            who: text.say("渡󠄁邉 花子"),
            sentence: text.say("住所が「赤羽一丁目1番38号」から「赤羽西六丁目19番4号」に変わります。"),
        }],
        once: text.say("once-4"),
    }
}

fn progress(text: &Text) -> ProgressPage {
    ProgressPage {
        kind: text.say("住民"),
        file: text.say("jumin_20261120.csv"),
        doing: text.say("取り込んでいます"),
        done: 120_400,
        all: 350_000,
    }
}

fn calc_page(text: &Text, ask: &str) -> CalcPage {
    let typed = ["expiry", "birth", "issued", "card_expiry", "current_expiry", "postal_code", "address"];
    CalcPage {
        ask: ask.to_owned(),
        typed: typed
            .iter()
            .filter(|field| calc_fields(ask).contains(field))
            .map(|field| ((*field).to_owned(), vec![text.say("R8.11.31")]))
            .collect(),
        errors: FormErrors(vec![FieldError {
            field: calc_fields(ask)[0].to_owned(),
            code: text.say("M-9001"),
            sentence: text.say("日付として読めません。"),
        }]),
        answer: Some(CalcAnswer {
            sentence: text.say("令和8年11月11日(水)から更新できます。"),
            lines: vec![
                (text.say("更新期間"), text.say("令和8年11月11日(水)から令和9年2月10日(水)まで")),
                (text.say("最後の開庁日"), text.say("令和9年2月10日(水)")),
            ],
            lists: vec![(
                text.say("足りないもの"),
                vec![(text.say("本人の委任状が必要です。"), Source::from(text.say("国立市").as_str()))],
            )],
            tell: vec![text.say("電子証明書の更新は窓口で行います。")],
            bars: "1324".to_owned(),
            source: Source {
                title: text.say("練馬区「電子証明書の更新手続きについて」"),
                detail: text.say("3か月前に相当する日の翌日から。"),
            },
        }),
    }
}

fn calc_fields(ask: &str) -> &'static [&'static str] {
    match ask {
        "procedure" => &["birth", "issued", "card_expiry", "current_expiry"],
        "customer_barcode" => &["postal_code", "address"],
        _ => &["expiry"],
    }
}

fn audit_page(text: &Text) -> AuditPage {
    let row = |number, sentence: &str, outcome| AuditRow {
        number,
        time: text.say("14:05:09"),
        actor: text.say("佐藤(sato)"),
        station: text.say("1番窓口"),
        subject: "1000234".to_owned(),
        case: "R8-000012".to_owned(),
        counterparty: text.say("任意代理人 見本 太郎"),
        sentence: text.say(sentence),
        outcome,
    };
    let program = AuditRow {
        number: 4_809,
        time: text.say("09:00:01"),
        actor: text.say("プログラム"),
        sentence: text.say("訓練用の窓口を作りました。"),
        ..AuditRow::default()
    };
    AuditPage {
        filter: AuditFilter {
            actor: "sato".to_owned(),
            subject: text.say("1000234"),
            case: text.say("R8-000012"),
            from: "R8.11.1".to_owned(),
            until: text.say("R8.11.31"),
            kind: String::new(),
            outcome: "refused".to_owned(),
        },
        errors: FormErrors(vec![FieldError {
            field: "until".to_owned(),
            code: text.say("M-8001"),
            sentence: text.say("日付として読めません。"),
        }]),
        actors: vec![
            Choice::new("sato", text.say("佐藤(sato)")),
            Choice::new("system", text.say("プログラム")),
        ],
        kinds: vec![
            Choice::new("10", text.say("ログイン")),
            Choice::new("51", text.say("カードの更新の開始")),
        ],
        state: TrailState {
            count: 4_812,
            last_check: Some(Notice {
                tone: Tone::Success,
                title: text.say("R8.11.20 17:20 に佐藤(sato)が確かめました。"),
                sentence: text.say("操作の記録4812件は、すべてつながっています。"),
            }),
            checking: false,
            checkpoint: Some(TrailCheckpoint {
                number: text.say("第3号"),
                at: text.say("R8.11.20 17:15"),
                occasion: text.say("日締め"),
                count: text.say("4,811件"),
                head: ["3f2a"; 16].join(" "),
                file: "/audit/checkpoints/3".to_owned(),
            }),
        },
        days: vec![
            AuditDay {
                date: day(2026, 11, 20),
                rows: vec![
                    row(4_812, "渡邉 花子さんのカードを読みました。", AuditOutcome::Done),
                    row(4_811, "支援措置の対象者の画面を開こうとしました。", AuditOutcome::Refused),
                    row(4_810, "カードの更新が途中で止まりました。", AuditOutcome::Failed),
                ],
            },
            AuditDay { date: day(2026, 11, 19), rows: vec![program] },
        ],
        newer: Some("/audit?after=4812".to_owned()),
        older: Some("/audit?before=4809".to_owned()),
        csv: "/audit/export?format=csv".to_owned(),
        lines: "/audit/export?format=lines".to_owned(),
    }
}
