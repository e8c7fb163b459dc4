//! What must be known first about a person.

use crate::stations::Reading;
use crate::store::cards::Card;
use crate::store::residents::Resident;
use app::components::{Notice, Tone};
use chrono::NaiveDate;
use rules::kinds::ResidentStatus;
use rules::wareki;

/// Days before the end of a stay from which it is said.
const STAY_ENDS_SOON: i64 = 92;

/// All of it, the gravest first.
pub(super) fn all(
    resident: &Resident,
    card: Option<&Card>,
    reading: Option<&Reading>,
    today: NaiveDate,
) -> Vec<Notice> {
    let note = |tone, title: &str, sentence: String| Notice { tone, title: title.to_owned(), sentence };
    let mut notices = Vec::new();
    if let Some(sentence) = status(resident) {
        notices.push(note(Tone::Error, resident.status.label(), sentence));
    }
    if resident.suppressed {
        let sentence =
            "住所や来庁の事実を、ほかの人に伝えないでください。通知書は自動では送りません。".to_owned();
        notices.push(note(Tone::Caution, "支援措置の対象の方です", sentence));
    }
    if let Some(trouble) = reading.and_then(|reading| reading.doubt.as_ref()) {
        let sentence = format!("{}{}", trouble.sentence, trouble.what_now);
        notices.push(note(Tone::Error, "リーダのカードを信用できません", sentence));
    }
    if resident.status == ResidentStatus::Resident
        && let Some(day) = resident.change_date.filter(|day| *day > today)
    {
        let reason = resident.change_reason.as_deref().unwrap_or("異動");
        let sentence = format!(
            "{}に{reason}の予定です。署名用電子証明書は、異動の翌日に失効します。",
            wareki::long(day)
        );
        notices.push(note(Tone::Caution, "異動の予定があります", sentence));
    }
    if let Some(until) = resident.stay_until {
        let days = (until - today).num_days();
        let shorter = card.is_some_and(|card| card.expires < until && card.expires >= today);
        if days < 0 {
            let sentence =
                format!("在留期間は{}で終わっています。在留カードを確かめてください。", wareki::long(until));
            notices.push(note(Tone::Caution, "在留期間が過ぎています", sentence));
        } else if days <= STAY_ENDS_SOON {
            let sentence = format!(
                "在留期間は{}までです。延長したら、カードの有効期限が切れる前に窓口で延ばす必要があります。",
                wareki::long(until)
            );
            notices.push(note(Tone::Caution, "在留期間がもうすぐ終わります", sentence));
        } else if shorter {
            let sentence = "在留期間は延びていますが、カードの有効期限は前のままです。切れる前に窓口で延ばしてください。";
            notices.push(note(Tone::Caution, "カードの期限が在留期間と違います", sentence.to_owned()));
        }
    }
    notices
}

fn status(resident: &Resident) -> Option<String> {
    let day = resident.change_date.map(|day| format!("{}に", wareki::long(day))).unwrap_or_default();
    Some(match resident.status {
        ResidentStatus::Resident => return None,
        ResidentStatus::MovedOut => {
            format!("{day}転出しています。電子証明書の手続きは、住民登録のある市区町村で行います。")
        }
        ResidentStatus::MovedAbroad => {
            format!(
                "{day}国外へ転出しています。手続きができるのは本人だけで、更新は満了の1年前からできます。"
            )
        }
        ResidentStatus::Dead => format!("{day}亡くなっています。電子証明書は失効しています。"),
        ResidentStatus::Deleted => format!("{day}住民票が消除されています。手続きはできません。"),
    })
}
