//! What has happened to a campaign so far: the steps of its life, who did what, and what must be known.

use crate::error::Result;
use crate::notices::campaign::Campaign;
use crate::office::Office;
use crate::store;
use crate::store::campaign_targets::ListedTarget;
use app::components::{Notice, StepItem, StepStatus, Tone};
use chrono::DateTime;
use rules::campaign::{CampaignState, VoidReason};
use rules::wareki;
use std::collections::HashMap;

pub(super) fn steps(campaign: &Campaign) -> Vec<StepItem> {
    use CampaignState as S;
    let row = &campaign.row;
    let moment = |at: &Option<String>| at.as_deref().map_or(String::new(), short_moment);
    let line = [
        (S::Planned, "予定", wareki::short(row.planned_on)),
        (S::AwaitingRelease, "対象者の一覧", moment(&row.made_at)),
        (S::Released, "承認", moment(&row.released_at)),
        (S::Printed, "印刷用のファイル", moment(&row.printed_at)),
        (S::Posted, "発送", row.posted_on.map_or(String::new(), wareki::short)),
        (S::Ended, "終了", moment(&row.ended_at)),
    ];
    let here = match campaign.state {
        S::Planned => 0,
        S::Making => 1,
        S::AwaitingRelease => 2,
        S::Released | S::Printing => 3,
        S::Printed => 4,
        S::Posted => 5,
        S::Ended => 6,
        S::Cancelled => reached(campaign),
    };
    let item = |(index, (_, title, when)): (usize, (S, &str, String))| StepItem {
        title: title.to_owned(),
        status: match index {
            done if done < here => StepStatus::Done(when),
            now if now == here && campaign.state == S::Cancelled => {
                StepStatus::Halted(format!("{}に取りやめ", moment(&row.ended_at)))
            }
            now if now == here => StepStatus::Current,
            _ => StepStatus::Todo,
        },
    };
    line.into_iter().enumerate().map(item).collect()
}

/// How far a campaign had got that was given up.
fn reached(campaign: &Campaign) -> usize {
    let row = &campaign.row;
    match () {
        () if row.printed_at.is_some() => 4,
        () if row.released_at.is_some() => 3,
        () if row.made_at.is_some() => 1,
        () => 0,
    }
}

pub(super) fn notices(campaign: &Campaign, rows: &[ListedTarget]) -> Vec<Notice> {
    let note = |tone, sentence: String| Notice { tone, title: String::new(), sentence };
    let mut notices = Vec::new();
    notices.extend(campaign.row.remark.clone().map(|remark| note(Tone::Information, remark)));
    if rows.iter().any(|row| row.reason.as_deref() == Some(VoidReason::RegisterChanged.code())) {
        let sentence =
            "作成の後に氏名か住所が変わった人がいます。印を付けて作り直すと、新しい住所に送れます。"
                .to_owned();
        notices.push(note(Tone::Caution, sentence));
    }
    notices
}

pub(super) async fn facts(office: &Office, campaign: &Campaign) -> Result<Vec<(String, String)>> {
    let staff = store::staff::all(office.store().read()).await?;
    let names: HashMap<i64, String> = staff.into_iter().map(|staff| (staff.id, staff.name)).collect();
    let who = |id: Option<i64>| id.and_then(|id| names.get(&id)).map_or("コマンド", String::as_str);
    let row = &campaign.row;
    let by = |at: &str, id: Option<i64>| format!("{} {}", short_moment(at), who(id));
    let mut facts = vec![
        ("送る相手".to_owned(), campaign.notices_to.label().to_owned()),
        ("予定した人".to_owned(), by(&row.planned_at, row.planned_by)),
    ];
    if row.again {
        facts.push(("作成済みの人".to_owned(), "作り直す(前の通知書は無効)".to_owned()));
    }
    if let Some(at) = &row.made_at {
        facts.push(("一覧を作った人".to_owned(), by(at, row.made_by)));
    }
    if let Some(at) = &row.released_at {
        facts.push(("承認した人".to_owned(), by(at, row.released_by)));
    }
    Ok(facts)
}

/// R8.11.24 10:45; what isn't a moment stays as it is.
pub fn short_moment(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(
        |_| at.to_owned(),
        |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M")),
    )
}
