//! Search and the resident's page.

use super::office::open_case;
use super::{Text, day, frame, today};
use app::components::{FieldError, FormErrors, HistoryDay, HistoryEntry, Mark, Notice, Pages, Source, Tone};
use app::frame::ReaderChip;
use app::pages::parts::{OnReader, PinTries, Tries};
use app::pages::resident::{
    CardPanel, CertificateDays, CertificatePanel, Offer, OfferWay, Refusal, ResidentHead, ResidentPage,
};
use app::pages::search::{Hit, PersonHit, SearchPage};
use app::pages::suppressed::SuppressedPage;
use app::pages::{resident, search, suppressed};
use rules::NaiveDate;
use rules::kinds::{CardKind, CertificateKind, PinKind, Sex};

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let mut asked = frame(text, None);
    asked.query = text.say("わたなべ");
    let mut waiting = frame(text, None);
    if let Some(station) = &mut waiting.station {
        station.reader = ReaderChip::Empty;
    }
    let found = SearchPage {
        query: text.say("わたなべ"),
        understood: text.say("氏名かカナが「ワタナベ」で始まる人"),
        hits: hits(text),
        pages: Pages { current: 1, last: 3, total: 61, address: "/search?q=%E3%82%8F&page=".to_owned() },
    };
    let nobody = SearchPage { query: text.say("ゐゑを"), ..SearchPage::default() };
    vec![
        ("search", search::render(&asked, &found)),
        ("search-nobody", search::render(&waiting, &nobody)),
        ("resident", resident::render(&frame(text, None), &in_period(text))),
        ("resident-early", resident::render(&waiting, &early(text))),
        ("suppressed", suppressed::render(&waiting, &reason(text))),
        ("resident-none", resident::render(&waiting, &without_card(text))),
    ]
}

fn reason(text: &Text) -> SuppressedPage {
    SuppressedPage {
        number: "1000235".to_owned(),
        reason: text.say("本人が窓口に来た"),
        errors: FormErrors(vec![FieldError {
            field: "reason".to_owned(),
            code: text.say("M-1103"),
            sentence: text.say("開く理由を10文字以上で書いてください。"),
        }]),
    }
}

fn hits(text: &Text) -> Vec<Hit> {
    let person = |number: &str,
                  name: &str,
                  kana: &str,
                  other: &str,
                  birth: NaiveDate,
                  age,
                  sex,
                  address: &str,
                  flag: &str| {
        Hit::Person(Box::new(PersonHit {
            number: number.to_owned(),
            name: text.say(name),
            kana: text.say(kana),
            other_name: text.say(other),
            birth,
            age,
            sex,
            address: text.say(address),
            household: text.say("2000118"),
            flag: text.say(flag),
            expires: Some(day(2026, 12, 10)),
        }))
    };
    vec![
        person(
            "1000234",
            "渡󠄁邉 花子",
            "ワタナベ ハナコ",
            "旧氏 山田",
            day(1980, 12, 10),
            45,
            Sex::Female,
            "見本区赤羽一丁目1番38号",
            "更新期間",
        ),
        person(
            "1000235",
            "渡辺 花子",
            "ワタナベ ハナコ",
            "",
            day(1952, 3, 1),
            74,
            Sex::Female,
            "見本区赤羽西六丁目19番4号 メゾン・ド・ミホンアカバネニシガーデンテラス南棟1203号室",
            "",
        ),
        Hit::Masked,
        person(
            "1000871",
            "渡部 ジョン・ポール",
            "ワタナベ ジョン ポール",
            "通称 渡部 譲",
            day(1999, 2, 28),
            27,
            Sex::Male,
            "見本区志茂二丁目5番1号",
            "転出",
        ),
        person(
            "1001002",
            "渡邊 宗一郎",
            "ワタナベ ソウイチロウ",
            "",
            day(2012, 7, 7),
            14,
            Sex::Male,
            "見本区王子本町一丁目15番22号",
            "15歳未満",
        ),
    ]
}

fn head(text: &Text) -> ResidentHead {
    ResidentHead {
        number: "1000234".to_owned(),
        household: text.say("2000118"),
        name: text.say("渡󠄁邉 花子"),
        kana: text.say("ワタナベ ハナコ"),
        old_surname: Some(text.say("山田")),
        alias: None,
        birth: day(1980, 12, 10),
        age: 45,
        sex: Sex::Female,
        postal_code: "1150045".to_owned(),
        address: text.say("見本区赤羽一丁目1番38号"),
        building: Some(text.say("赤羽第三住宅402号室")),
        stay: None,
        flags: Vec::new(),
    }
}

fn card(text: &Text, on_reader: OnReader) -> CardPanel {
    let here = on_reader == OnReader::Same;
    let tries = |left, of| Tries { left, of };
    CardPanel {
        kind: CardKind::Individual,
        card_number: text.say("H26A00012345678"),
        face_only: false,
        issued: day(2021, 12, 1),
        expires: day(2031, 12, 10),
        mark: Mark::Valid,
        sentence: String::new(),
        on_reader,
        pins: if here {
            vec![
                PinTries { kind: PinKind::ResidentRegister, tries: tries(3, 3) },
                PinTries { kind: PinKind::CardEntry, tries: tries(0, 3) },
            ]
        } else {
            Vec::new()
        },
    }
}

fn certificate(
    text: &Text,
    kind: CertificateKind,
    mark: Mark,
    sentence: &str,
    expires: NaiveDate,
    tries: Option<Tries>,
) -> CertificatePanel {
    CertificatePanel {
        kind,
        mark,
        sentence: text.say(sentence),
        days: Some(CertificateDays {
            issued: day(2021, 12, 1),
            expires,
            renewal_from: Some(expires - chrono_days(91)),
            last_open_day: Some(day(2026, 12, 10)),
            today: today(),
        }),
        serial: text.say("01A2B3C4"),
        tries,
    }
}

/// `rules` re-exports only the date: a span is the difference of two of them.
fn chrono_days(days: u32) -> <NaiveDate as std::ops::Sub>::Output {
    (0..days).fold(day(2000, 1, 1), |date, _| date.succ_opt().expect("a next day")) - day(2000, 1, 1)
}

fn in_period(text: &Text) -> ResidentPage {
    let sentence = "あと20日で満了します(12月10日まで)。今日更新できます。";
    ResidentPage {
        head: head(text),
        notices: Vec::new(),
        open_cases: Vec::new(),
        card: Some(card(text, OnReader::Same)),
        certificates: vec![
            certificate(
                text,
                CertificateKind::Signature,
                Mark::InPeriod,
                sentence,
                day(2026, 12, 10),
                Some(Tries { left: 5, of: 5 }),
            ),
            certificate(
                text,
                CertificateKind::Authentication,
                Mark::InPeriod,
                sentence,
                day(2026, 12, 10),
                Some(Tries { left: 1, of: 3 }),
            ),
        ],
        may_receive: true,
        offers: offers(text),
        refusals: vec![
            Refusal {
                label: text.say("発行"),
                sentence: text.say("有効な証明書があります。更新期間の中なので、更新になります。"),
                source: Source {
                    title: text.say("江戸川区「電子証明書の更新・発行」2024年4月1日"),
                    detail: text.say("期間を過ぎてからは発行の手続きになる。"),
                },
            },
            Refusal {
                label: text.say("一時停止の解除"),
                sentence: text.say("一時停止していません。"),
                source: Source::default(),
            },
        ],
        history: history(text),
        history_more: Some("/residents/1000234?history=all".to_owned()),
    }
}

fn offers(text: &Text) -> Vec<Offer> {
    let offer = |label: &str, detail: &str, primary: bool| Offer {
        label: text.say(label),
        detail: text.say(detail),
        resident: "1000234".to_owned(),
        fields: vec![
            ("procedure".to_owned(), text.say("renewal")),
            ("applicant".to_owned(), "principal".to_owned()),
        ],
        primary,
        way: if primary { OfferWay::Open { once: text.say("once-1") } } else { OfferWay::Ask },
    };
    vec![
        offer("更新する", "新しい満了日 令和13年12月10日", true),
        offer("暗証番号を再設定する", "忘れた・ロックしたとき", false),
        offer("暗証番号を変更する", "いまの番号がわかるとき", false),
        offer("失効を受け付ける", "両方または片方", false),
    ]
}

fn history(text: &Text) -> Vec<HistoryDay> {
    let entry = |time: &str, sentence: &str, href: Option<&str>| HistoryEntry {
        time: text.say(time),
        sentence: text.say(sentence),
        href: href.map(str::to_owned),
    };
    vec![
        HistoryDay {
            date: day(2026, 11, 20),
            entries: vec![
                entry(
                    "14:03",
                    "佐藤がカードを読みました。署名用は残り5回、利用者証明用は残り1回です。",
                    None,
                ),
                entry("14:02", "佐藤が渡邉 花子さんの画面を開きました。", None),
            ],
        },
        HistoryDay {
            date: day(2026, 10, 2),
            entries: vec![entry(
                "10:21",
                "鈴木が有効期限通知書 第204号を作りました。",
                Some("/notices/2026-12"),
            )],
        },
        HistoryDay {
            date: day(2021, 12, 1),
            entries: vec![entry("", "署名用と利用者証明用の電子証明書が発行されました。", None)],
        },
    ]
}

fn early(text: &Text) -> ResidentPage {
    let mut page = in_period(text);
    page.head.flags = vec![text.say("居所登録"), text.say("成年被後見人")];
    page.head.stay = Some(text.say("留学 在留期間 令和9年3月31日まで"));
    page.notices = vec![Notice {
        tone: Tone::Caution,
        title: text.say("居所登録があります。"),
        sentence: text.say("住民登録の住所に郵便が届きません。送る前に責任者に確かめてください。"),
    }];
    page.open_cases = vec![open_case(text, "R8-000123", "暗証番号の入力待ち", false)];
    page.card = Some(CardPanel {
        face_only: true,
        sentence: text.say("在留期間に合わせて、あと4か月で期限が切れます。"),
        ..card(text, OnReader::Other { words: text.say("山田 太郎さんのカードです。") })
    });
    page.certificates = vec![
        CertificatePanel {
            kind: CertificateKind::Signature,
            mark: Mark::Revoked,
            sentence: text.say("住所が変わったため、令和8年8月3日に失効しました。"),
            ..certificate(text, CertificateKind::Signature, Mark::Revoked, "", day(2027, 2, 21), None)
        },
        certificate(
            text,
            CertificateKind::Authentication,
            Mark::Valid,
            "あと2日で更新できます(11月22日から)。",
            day(2027, 2, 21),
            None,
        ),
    ];
    page
}

fn without_card(text: &Text) -> ResidentPage {
    let mut page = in_period(text);
    page.card = None;
    page.certificates = vec![CertificatePanel {
        kind: CertificateKind::Signature,
        mark: Mark::None,
        sentence: text.say("発行されていません。"),
        days: None,
        serial: String::new(),
        tries: None,
    }];
    page.offers = Vec::new();
    page.history = Vec::new();
    page.history_more = None;
    page
}
