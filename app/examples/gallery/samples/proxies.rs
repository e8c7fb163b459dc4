//! Reception, the papers of somebody who came for the principal, and what lies between two visits.

use super::{Text, frame};
use app::components::{Choice, FieldError, FormErrors, Mark, Notice, Tone};
use app::frame::MenuItem;
use app::pages::case::{
    ActionField, CaseAction, CaseStep, CertificateBrief, EvidenceStep, InquiryStep, PrintLink,
    RepresentationFields, UnwrittenStep,
};
use app::pages::parts::OnReader;
use app::pages::proxy_board::{ProxyBoardPage, ProxyRequest, render as board};
use app::pages::reception::{ReceptionPage, ThirdPartyFields, render as reception};
use rules::kinds::CertificateKind;

pub fn pages(text: &Text) -> Vec<(&'static str, String)> {
    vec![
        ("reception", reception(&frame(text, Some(MenuItem::Today)), &asked(text))),
        ("proxies", board(&frame(text, Some(MenuItem::Proxies)), &requests(text))),
    ]
}

/// The steps of a case that these pages are about.
pub fn steps(text: &Text) -> Vec<(&'static str, CaseStep)> {
    vec![
        ("case-evidence", CaseStep::Evidence(evidence(text))),
        ("case-inquiry", CaseStep::Inquiry(inquiry(text))),
        ("case-unwritten", CaseStep::Unwritten(unwritten(text))),
    ]
}

fn choices(text: &Text, labels: &[&str]) -> Vec<Choice> {
    labels
        .iter()
        .enumerate()
        .map(|(index, label)| Choice::new(format!("code-{index}"), text.say(label)))
        .collect()
}

fn asked(text: &Text) -> ReceptionPage {
    ReceptionPage {
        number: "1000234".to_owned(),
        name: text.say("渡󠄁邉 花子"),
        kana: text.say("ワタナベ ハナコ"),
        birth: text.say("昭和55年12月10日生(45歳)"),
        notices: vec![Notice {
            tone: Tone::Caution,
            title: text.say("この方の受付がすでにあります。"),
            sentence: text.say("受付番号R8-000122の画面に進みます。"),
        }],
        errors: FormErrors(vec![FieldError {
            field: "third_name".to_owned(),
            code: text.say("M-1422"),
            sentence: text.say("来た人の氏名を入力してください。"),
        }]),
        applicants: choices(text, &["本人", "法定代理人", "任意代理人", "同一世帯員"]),
        applicant: "code-2".to_owned(),
        procedures: choices(text, &["電子証明書の更新", "暗証番号の初期化・再設定", "電子証明書の失効"]),
        procedure: vec!["code-0".to_owned(), "pin_reset".to_owned()],
        pins: choices(text, &["署名用電子証明書暗証番号", "券面事項入力補助用暗証番号"]),
        reset: vec!["code-0".to_owned()],
        change: Vec::new(),
        certificates: choices(text, &["署名用電子証明書"]),
        revoke: Vec::new(),
        telephone: true,
        contact: "telephone".to_owned(),
        third: ThirdPartyFields {
            name: text.say("代理 太郎"),
            address: text.say("見本区赤羽一丁目1番38号"),
            birth: text.say("H12.3.4"),
            relation: text.say("長男"),
        },
        once: text.say("once-9"),
    }
}

fn requests(text: &Text) -> ProxyBoardPage {
    let request = |state: &str, pressing: bool| ProxyRequest {
        reception: "R8-000123".to_owned(),
        name: text.say("渡󠄁邉 花子"),
        kana: text.say("ワタナベ ハナコ"),
        proxy: text.say("代理 太郎(長男)"),
        procedure: text.say("更新"),
        state: text.say(state),
        why: text.say(if pressing { "あて所に尋ねあたりません" } else { "" }),
        letter: text.say("照会-000124"),
        deadline: text.say("R8.12.24"),
        left: text.say("あと12日"),
        pressing,
        station: text.say("3番窓口"),
        clerk: text.say("佐藤"),
        next: text.say("連絡して送り直す"),
    };
    ProxyBoardPage {
        counts: vec![(text.say("回答待ち"), 11), (text.say("返戻"), 1)],
        requests: vec![request("返戻", true), request("回答待ち", false)],
        stations: choices(text, &["すべて", "3番窓口"]),
        station: String::new(),
        clerks: choices(text, &["すべて", "佐藤"]),
        clerk: String::new(),
        states: choices(text, &["すべて", "返戻"]),
        state: String::new(),
    }
}

fn evidence(text: &Text) -> EvidenceStep {
    EvidenceStep {
        who: text.say("任意代理人(長男) 代理 太郎さん"),
        sentence: text.say("2回目の来庁です。"),
        bring: vec![text.say("代理人の顔写真付きの本人確認書類(A)1点が必要です。")],
        documents_a: choices(text, &["運転免許証", "旅券"]),
        documents_b: choices(text, &["資格確認書"]),
        applicant_ticked: vec!["code-0".to_owned()],
        principal_ticked: Vec::new(),
        asks_principal: true,
        representation: Some(RepresentationFields {
            roles: choices(text, &["親権者", "成年後見人"]),
            proof_hint: text.say("令和8年8月24日以降に発行されたもの"),
        }),
        notice_form: Some((choices(text, &["封をしたもの", "なし"]), "code-1".to_owned())),
        asks_residence_change: true,
        asks_delegation: true,
        named_in_reply: Some(text.say("代理 太郎")),
        may_allow_signature: true,
        entered: vec![
            ("proof_issued".to_owned(), text.say("R8.11.1")),
            ("signature_reason".to_owned(), text.say("本人と法定代理人がそろって来庁")),
        ],
    }
}

fn inquiry(text: &Text) -> InquiryStep {
    InquiryStep {
        title: text.say("回答待ち"),
        changes: vec![text.say("住所が変わりました。")],
        lines: vec![(text.say("回答期限"), text.say("令和8年12月24日(木)(あと12日)"))],
        prints: vec![PrintLink {
            label: text.say("照会書を開いて印刷する"), href: "/x.pdf".to_owned()
        }],
        next: Some(CaseAction {
            step: "reply".to_owned(),
            label: text.say("回答書を受け取る"),
            means: text.say("2回目の来庁です。"),
            fields: vec![
                ActionField::Radio {
                    name: "reply".to_owned(),
                    legend: text.say("回答書"),
                    choices: choices(text, &["封をしたもの", "使えないもの"]),
                    chosen: String::new(),
                },
                ActionField::Check {
                    name: "complete".to_owned(), label: text.say("職員が開封し、確かめた")
                },
            ],
        }),
        others: vec![CaseAction {
            step: "returned".to_owned(),
            label: text.say("照会書の返戻を記録する"),
            means: text.say("郵便局から照会書が戻ってきたときに使います。"),
            fields: vec![
                ActionField::Reason {
                    name: "reason_again".to_owned(),
                    label: text.say("送り直す理由"),
                    value: text.say("電話で確かめた"),
                },
                ActionField::Date {
                    name: "posted_on".to_owned(),
                    label: text.say("発送した日"),
                    value: text.say("R8.11.24"),
                },
                ActionField::Checks {
                    name: "reset".to_owned(),
                    legend: text.say("一致しない暗証番号"),
                    choices: choices(text, &["署名用電子証明書暗証番号"]),
                    ticked: Vec::new(),
                },
            ],
        }],
    }
}

fn unwritten(text: &Text) -> UnwrittenStep {
    UnwrittenStep {
        on_reader: OnReader::Same,
        certificates: CertificateKind::ALL
            .iter()
            .map(|&kind| CertificateBrief {
                kind,
                mark: Mark::Valid,
                expires: Some(super::day(2031, 12, 10)),
            })
            .collect(),
        tell: vec![text.say("電話ではお答えできません。")],
        face: true,
        lift: true,
    }
}
