//! Login, today, errors, settings, counters, the PIN pad and the sample reader.

use super::{Text, after, frame, outside, today};
use app::components::{Choice, FieldError, FormErrors, Notice, Pages, Source, Tone};
use app::frame::{MenuItem, ReaderChip, StationBadge};
use app::pages::home::{HomePage, OpenCase, WorkList};
use app::pages::login::{LoginPage, TrainingAccount};
use app::pages::pinpad::{
    PadChoice, PadDone, PadEnter, PadEntry, PadFrame, PadPair, PadPin, PadStopped, PinPadPage,
};
use app::pages::reader_panel::{ReaderPanelPage, SampleCard};
use app::pages::settings::{SettingGroup, SettingItem, SettingsPage};
use app::pages::staff_settings::{PasswordPage, StaffLine, StaffSettingsPage};
use app::pages::stations_settings::{PairingCode, StationItem, StationsSettingsPage};
use app::pages::{
    error, home, login, message, pinpad, reader_panel, settings, staff_settings, stations_settings,
};
use rules::kinds::PinKind;

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    let settings_frame = frame(text, Some(MenuItem::Settings));
    let readonly = SettingsPage { may_change: false, errors: FormErrors::default(), ..settings(text) };
    let mut empty_reader = frame(text, None);
    empty_reader.station = Some(StationBadge {
        name: text.say("1番窓口"),
        reader: ReaderChip::Stranger { words: text.say("登録のないカード") },
    });
    vec![
        ("login", login::render(&outside(text), &login_page(text))),
        (
            "home",
            home::render(
                &after(text, Some(MenuItem::Today), "受付 R8-000121 を完了しました。"),
                &home_page(text),
            ),
        ),
        ("error", error::render(&empty_reader, &error_page(text))),
        ("message", message::render(&frame(text, None), &message_page(text))),
        ("settings", settings::render(&settings_frame, &settings(text))),
        ("settings-reading", settings::render(&settings_frame, &readonly)),
        ("stations", stations_settings::render(&settings_frame, &stations(text))),
        ("staff", staff_settings::render(&settings_frame, &staff(text))),
        ("password", staff_settings::render_password(&frame(text, None), &own_password(text))),
        ("reader", reader_panel::render(&frame(text, Some(MenuItem::Reader)), &reader(text))),
        ("pad-pair", pinpad::render(&pad(text), &PinPadPage::Pair(pair(text)))),
        ("pad-waiting", pinpad::render(&pad(text), &PinPadPage::Waiting)),
        ("pad-enter", pinpad::render(&pad(text), &PinPadPage::Enter(enter(text, false)))),
        ("pad-again", pinpad::render(&pad(text), &PinPadPage::Enter(enter(text, true)))),
        ("pad-checking", pinpad::render(&pad(text), &PinPadPage::Checking)),
        (
            "pad-done",
            pinpad::render(
                &pad(text),
                &PinPadPage::Done(PadDone {
                    sentence: text.say("カードはそのまま置いておいてください。")
                }),
            ),
        ),
        (
            "pad-stopped",
            pinpad::render(
                &pad(text),
                &PinPadPage::Stopped(PadStopped {
                    sentence: text.say("署名用の暗証番号が使えなくなりました。"),
                    now: text.say("新しく決める手続きがあります。職員に聞いてください。"),
                }),
            ),
        ),
    ]
}

fn login_page(text: &Text) -> LoginPage {
    let account = |login: &str, name: &str, role: &str| TrainingAccount {
        login: text.say(login),
        password: text.say("renshu-sato"),
        name: text.say(name),
        role: text.say(role),
    };
    LoginPage {
        login: text.say("sato"),
        next: "/".to_owned(),
        kept: text.say("b5"),
        errors: FormErrors(vec![FieldError {
            field: "password".to_owned(),
            code: text.say("M-1001"),
            sentence: text.say("職員番号かパスワードが違います。もう一度入力してください。"),
        }]),
        stations: vec![
            Choice::new(text.say("1"), text.say("1番窓口")),
            Choice::new("3", text.say("3番窓口")),
        ],
        station: "3".to_owned(),
        training_accounts: vec![
            account("sato", "佐藤", "窓口"),
            account("tanaka", "田中", "責任者"),
            account("suzuki", "鈴木", "後方事務"),
            account("kansa", "高橋", "監査"),
            account("kanri", "伊藤", "管理者"),
        ],
    }
}

pub fn open_case(text: &Text, reception: &str, state: &str, trouble: bool) -> OpenCase {
    OpenCase {
        reception: reception.to_owned(),
        name: text.say("渡󠄁邉 花子"),
        kana: text.say("ワタナベ ハナコ"),
        procedure: text.say("更新"),
        state: text.say(state),
        trouble,
        opened: text.say("14:05"),
        staff: text.say("佐藤"),
    }
}

fn home_page(text: &Text) -> HomePage {
    let list = |count: u64, title: &str, unit: &str, detail: &str, href: Option<&str>| WorkList {
        title: text.say(title),
        count,
        unit: text.say(unit),
        detail: text.say(detail),
        href: href.map(str::to_owned),
    };
    HomePage {
        today: today(),
        calendar: Notice {
            tone: Tone::Information,
            title: text.say("本日は17時15分まで開いています。"),
            sentence: text.say("11月22日(日)は機器の点検のため、カードの書き込みができません。"),
        },
        notices: vec![Notice {
            tone: Tone::Caution,
            title: text.say("途中で止まった更新が1件あります。"),
            sentence: text.say("カードの持ち主が来たら、受付を開いて続きを行ってください。"),
        }],
        work: vec![
            list(
                128,
                "通知書を作る人",
                "人",
                "令和9年2月に満了し、まだ作っていない人",
                Some("/notices/2027-02"),
            ),
            list(
                1,
                "途中で止まった更新",
                "件",
                "カードの状態を確かめて続けるか取りやめます",
                Some("/cases/R8-000118"),
            ),
            list(0, "受け取れなかった行", "行", "最後の取込で受け取れなかった行", Some("/imports")),
            list(42, "今月満了する人", "人", "11月中に満了し、まだ更新していない人", None),
        ],
        cases: vec![
            open_case(text, "R8-000118", "更新が途中で止まっています", true),
            open_case(text, "R8-000122", "暗証番号の入力待ち", false),
            open_case(text, "R8-000123", "本人確認", false),
        ],
        open: 104,
        closed_today: 17,
    }
}

fn error_page(text: &Text) -> error::ErrorPage {
    error::ErrorPage {
        code: text.say("M-1203"),
        sentence: text.say("リーダにあるカードは、この受付のカードではありません。"),
        meaning: text.say("カードには何も書いていません。受付はそのまま残っています。"),
        now: vec![
            text.say("リーダのカードを取り、渡邉 花子さんのカードを置いてください。"),
            text.say("カードが見あたらないときは、受付を開いたまま来た人に確かめてください。"),
        ],
        way_on: Some((text.say("受付 R8-000123 へ戻る"), "/cases/R8-000123".to_owned())),
    }
}

fn message_page(text: &Text) -> message::MessagePage {
    message::MessagePage {
        title: text.say("取り込みました"),
        notice: Notice {
            tone: Tone::Success,
            title: text.say("住民 2,013行を取り込みました。"),
            sentence: text.say("新しく入った人は12人、変わった人は34人です。"),
        },
        paragraphs: vec![text.say("受け取れなかった3行は、元のファイルを直してもう一度取り込んでください。")],
        ways_on: vec![
            (text.say("今日の画面へ戻る"), "/".to_owned()),
            (text.say("別のファイルを取り込む"), "/imports".to_owned()),
        ],
    }
}

fn settings(text: &Text) -> SettingsPage {
    SettingsPage {
        errors: FormErrors(vec![FieldError {
            field: "reply_days".to_owned(),
            code: text.say("M-1402"),
            sentence: text.say("回答の期限は7日から90日の間で入れてください。"),
        }]),
        groups: vec![
            SettingGroup {
                title: text.say("満了日"),
                items: vec![
                    SettingItem {
                        key: "leap_birthday".to_owned(),
                        label: text.say("2月29日生まれの人の誕生日"),
                        changes: text.say(
                            "うるう年でない年の満了日が変わります。カードから読んだ日付がいつも優先します。",
                        ),
                        value: "feb_28".to_owned(),
                        choices: vec![
                            Choice::new("feb_28", text.say("2月28日")),
                            Choice::new("mar_1", text.say("3月1日")),
                        ],
                        unit: String::new(),
                        default: text.say("はじめの設定 2月28日"),
                        changed: text.say("R8.11.2 伊藤"),
                        source: Source {
                            title: text.say("決めた資料は見つかっていません"),
                            detail: String::new(),
                        },
                    },
                    SettingItem {
                        key: "fee".to_owned(),
                        label: text.say("更新の手数料"),
                        changes: text.say("受付の確認画面と通知書に出る金額です。"),
                        value: "200".to_owned(),
                        choices: Vec::new(),
                        unit: text.say("円"),
                        default: text.say("はじめの設定 0円"),
                        changed: String::new(),
                        source: Source::default(),
                    },
                ],
            },
            SettingGroup {
                title: text.say("通知と照会"),
                items: vec![SettingItem {
                    key: "reply_days".to_owned(),
                    label: text.say("照会書の回答の期限"),
                    changes: text.say("照会書に書く回答の期限です。カードの有効期限より後にはなりません。"),
                    value: text.say("3"),
                    choices: Vec::new(),
                    unit: text.say("日"),
                    default: text.say("はじめの設定 30日"),
                    changed: String::new(),
                    source: Source {
                        title: text.say("三原市"),
                        detail: text.say("同封の様式は証明書の満了日まで使える。"),
                    },
                }],
            },
        ],
        may_change: true,
        office_too: true,
        version: text.say("7"),
    }
}

fn staff(text: &Text) -> StaffSettingsPage {
    let line = |id, name: &str, role: &str, closed: &str, own| StaffLine {
        id,
        login: text.say("sato"),
        name: text.say(name),
        role: text.say(role),
        closed: text.say(closed),
        own,
        second_factor: id == 2,
    };
    StaffSettingsPage {
        staff: vec![
            line(1, "伊藤", "管理者", "", true),
            line(2, "佐藤", "窓口", "", false),
            line(3, "中村", "窓口", "令和8年4月1日", false),
        ],
        roles: vec![Choice::new("clerk", text.say("窓口")), Choice::new("supervisor", text.say("責任者"))],
        login: text.say("yamada"),
        name: text.say("山田"),
        role: "clerk".to_owned(),
        shortest_password: 12,
        given_to: String::new(),
        errors: FormErrors(vec![FieldError {
            field: "login".to_owned(),
            code: text.say("M-1011"),
            sentence: text.say("この職員番号はもう使われています。"),
        }]),
    }
}

fn own_password(text: &Text) -> PasswordPage {
    PasswordPage {
        shortest: 12,
        first: true,
        errors: FormErrors(vec![FieldError {
            field: "new".to_owned(),
            code: text.say("M-1012"),
            sentence: text.say("新しいパスワードは12文字以上にしてください。"),
        }]),
    }
}

fn stations(text: &Text) -> StationsSettingsPage {
    let reader = text.say("SONY FeliCa RC-S300/P 00 00");
    StationsSettingsPage {
        errors: FormErrors::default(),
        notices: vec![Notice {
            tone: Tone::Information,
            title: String::new(),
            sentence: text.say("このパソコンに1台のリーダがつながっています。"),
        }],
        stations: vec![
            StationItem {
                id: 1,
                name: text.say("1番窓口"),
                reader_kind: "pcsc".to_owned(),
                reader_name: reader.clone(),
                update_path: "terminal".to_owned(),
                state: text.say("カードなし"),
                pads: 0,
                here: false,
            },
            StationItem {
                id: 3,
                name: text.say("3番窓口"),
                reader_kind: "simulated".to_owned(),
                reader_name: String::new(),
                update_path: "relay".to_owned(),
                state: text.say("渡邉 花子さんのカード"),
                pads: 1,
                here: true,
            },
        ],
        readers: vec![reader],
        pairing: Some(PairingCode { station: text.say("3番窓口"), code: text.say("482 915"), minutes: 5 }),
        training: true,
        may_change: true,
    }
}

fn reader(text: &Text) -> ReaderPanelPage {
    let card = |id: &str, profile: &str, detail: &str, name: &str, kana: &str| SampleCard {
        id: format!("{}{id}", text.say("card-")),
        profile: text.say(profile),
        detail: text.say(detail),
        name: text.say(name),
        kana: text.say(kana),
        resident: "1000234".to_owned(),
    };
    let first = card("c1", "更新期間の中", "両方の証明書を更新できます。", "渡󠄁邉 花子", "ワタナベ ハナコ");
    ReaderPanelPage {
        station: text.say("3番窓口"),
        on_reader: Some(first.clone()),
        cards: vec![
            first,
            card("c2", "更新期間の前", "今日更新すると1年短くなります。", "髙橋 一郎", "タカハシ イチロウ"),
            card("c3", "期間満了", "更新ではなく発行になります。", "山﨑 次郎", "ヤマザキ ジロウ"),
            card(
                "c4",
                "署名用暗証番号がロック",
                "暗証番号の再設定が要ります。",
                "斎藤 みどり",
                "サイトウ ミドリ",
            ),
            card(
                "c5",
                "書き込みの途中で外れるカード",
                "更新の途中で止まり、続きから行えます。",
                "金子 明",
                "カネコ アキラ",
            ),
        ],
        query: text.say("更新"),
        pages: Pages { current: 1, last: 3, total: 24, address: "/station/reader?filter=&page=".to_owned() },
        training_pins: vec![
            (text.say("署名用"), text.say("TRAIN123")),
            (text.say("利用者証明用"), text.say("1111")),
            (text.say("住民基本台帳用"), text.say("2222")),
            (text.say("券面事項入力補助用"), text.say("3333")),
        ],
    }
}

fn pad(text: &Text) -> PadFrame {
    PadFrame {
        office: text.say("見本区役所"),
        station: text.say("3番窓口"),
        training: true,
        csrf: "token-of-the-pad".to_owned(),
    }
}

fn pair(text: &Text) -> PadPair {
    PadPair {
        here: Some(text.say("3番窓口")),
        errors: FormErrors(vec![FieldError {
            field: "code".to_owned(),
            code: "M-1501".to_owned(),
            sentence: text.say("番号が違うか、古くなっています。職員に新しい番号を聞いてください。"),
        }]),
    }
}

fn enter(text: &Text, again: bool) -> PadEnter {
    let error = |field: &str, sentence: &str| FieldError {
        field: field.to_owned(),
        code: String::new(),
        sentence: text.say(sentence),
    };
    PadEnter {
        request: text.say("request-7"),
        person: text.say("渡󠄁邉 花子 さん"),
        pins: vec![
            PadPin {
                kind: PinKind::Signature,
                tries_left: Some(if again { 1 } else { 5 }),
                entry: PadEntry::Asked,
                new: PadChoice::No,
                wants_consent: again,
            },
            PadPin {
                kind: PinKind::Authentication,
                tries_left: Some(3),
                entry: if again { PadEntry::Right } else { PadEntry::Asked },
                new: PadChoice::No,
                wants_consent: false,
            },
            PadPin {
                kind: PinKind::ResidentRegister,
                tries_left: Some(3),
                entry: if again { PadEntry::Right } else { PadEntry::Asked },
                new: PadChoice::No,
                wants_consent: false,
            },
        ],
        errors: FormErrors(if again {
            vec![
                error("signature", "ちがう番号です。大文字か小文字か、0とOのちがいを確かめてください。"),
                error("", "もう一度入力してください。"),
            ]
        } else {
            Vec::new()
        }),
    }
}
