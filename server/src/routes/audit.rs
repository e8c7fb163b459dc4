//! `/audit`: who did what to whom, when, and how it ended.

use super::respond::{frame, html, unprocessable};
use super::visitor::Visitor;
use crate::audit::{self, Kind};
use crate::cli::audit::sentence;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::store::audit::AuditRow as Stored;
use crate::store::audit_search::{self, Filter};
use app::components::{Choice, FieldError, FormErrors, Notice, Pages, Tone};
use app::frame::MenuItem;
use app::pages::audit::{AuditFilter, AuditOutcome, AuditPage, AuditRow, render};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, Days, NaiveDate};
use rules::wareki;
use serde::{Deserialize, Serialize};

/// Rows on one page.
const ROWS: i64 = 100;
/// Up to so many rows the whole chain is checked whenever the page is opened; beyond, from the command line.
const CHECKED: i64 = 20_000;

/// The kinds in the list's filter.
const KINDS: [(Kind, &str); 24] = [
    (Kind::OfficeMade, "窓口を作った"),
    (Kind::Login, "ログイン"),
    (Kind::Logout, "ログアウト"),
    (Kind::StaffChanged, "職員の登録・変更"),
    (Kind::PadPaired, "暗証番号パッドの接続"),
    (Kind::ResidentSeen, "住民の画面を見た"),
    (Kind::SuppressedSeen, "支援措置の対象の方を見た"),
    (Kind::Searched, "検索・一覧"),
    (Kind::Imported, "ファイルの取り込み"),
    (Kind::CaseOpened, "受付"),
    (Kind::CaseMoved, "受付の手順"),
    (Kind::CaseClosed, "受付の終了"),
    (Kind::Overridden, "責任者の判断"),
    (Kind::PinsVerified, "暗証番号の照合"),
    (Kind::CardUpdateBegun, "カードの更新の開始"),
    (Kind::CardUpdateEnded, "カードの更新の終了"),
    (Kind::TrainingCard, "練習用カードの出し入れ"),
    (Kind::NoticesMade, "通知書の作成"),
    (Kind::Printed, "印刷"),
    (Kind::CampaignMoved, "通知の回の手順"),
    (Kind::NoticeVoided, "通知書の無効"),
    (Kind::NoticeReturned, "通知書の返戻"),
    (Kind::SettingChanged, "設定の変更"),
    (Kind::BackedUp, "バックアップ"),
];

/// `/audit`
pub fn routes() -> Router<Office> {
    Router::new().route("/audit", get(show))
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    actor: String,
    subject: String,
    from: String,
    until: String,
    kind: String,
    #[serde(skip_serializing)]
    page: Option<u32>,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::ReadAudit)?;
    let (filter, errors) = read(&asked);
    let wrong = !errors.0.is_empty();
    let mut page = AuditPage {
        filter: AuditFilter {
            actor: asked.actor.clone(),
            subject: asked.subject.clone(),
            from: asked.from.clone(),
            until: asked.until.clone(),
            kind: asked.kind.clone(),
        },
        errors,
        kinds: KINDS.iter().map(|(kind, label)| Choice::new((*kind as i64).to_string(), *label)).collect(),
        ..AuditPage::default()
    };
    if !wrong {
        fill(&office, &asked, &filter, &mut page).await?;
    }
    let text = render(&frame(&office, &visitor, MenuItem::Audit).await?, &page);
    Ok(if wrong { unprocessable(text) } else { html(text) })
}

async fn fill(office: &Office, asked: &Asked, filter: &Filter, page: &mut AuditPage) -> Result<()> {
    let pool = office.store().read();
    let total = audit_search::count(pool, filter).await?;
    let last = u32::try_from(total.unsigned_abs().div_ceil(ROWS.unsigned_abs()).max(1)).unwrap_or(u32::MAX);
    let current = asked.page.unwrap_or(1).clamp(1, last);
    let rows = audit_search::page(pool, filter, i64::from(current - 1) * ROWS, ROWS).await?;
    page.rows = rows.into_iter().map(row).collect();
    page.pages = Pages { current, last, total: total.unsigned_abs(), address: address(asked) };
    page.chain = chain(office).await?;
    Ok(())
}

/// The address of this list, to which a page's number is added.
fn address(asked: &Asked) -> String {
    let words = serde_html_form::to_string(asked).unwrap_or_default();
    format!("/audit?{words}&page=")
}

async fn chain(office: &Office) -> Result<Option<Notice>> {
    let notice = |tone, words: String| Some(Notice { tone, title: String::new(), sentence: words });
    if audit_search::count(office.store().read(), &Filter::default()).await? > CHECKED {
        let words = "記録が多いため、つながりは madoguchi audit verify で確かめてください。".to_owned();
        return Ok(notice(Tone::Information, words));
    }
    let verdict = audit::verify(office.store()).await?;
    let tone = if matches!(verdict, audit::Verdict::Whole { .. }) { Tone::Success } else { Tone::Error };
    Ok(notice(tone, sentence(&verdict)))
}

fn read(asked: &Asked) -> (Filter, FormErrors) {
    let mut errors = Vec::new();
    let mut day = |field: &str, typed: &str| -> Option<NaiveDate> {
        if typed.trim().is_empty() {
            return None;
        }
        wareki::parse(typed)
            .map_err(|error| {
                errors.push(FieldError {
                    field: field.to_owned(),
                    code: "M-8001".to_owned(),
                    sentence: error.sentence(),
                });
            })
            .ok()
    };
    let (from, until) = (day("from", &asked.from), day("until", &asked.until));
    let word = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
    let filter = Filter {
        actor: word(&asked.actor),
        subject: word(&asked.subject),
        kind: asked.kind.parse().ok(),
        from: from.map(|day| day.to_string()),
        before: until.and_then(|day| day.checked_add_days(Days::new(1))).map(|day| day.to_string()),
    };
    (filter, FormErrors(errors))
}

fn row(row: Stored) -> AuditRow {
    let at = DateTime::parse_from_rfc3339(&row.at);
    AuditRow {
        number: row.number,
        at: at.map_or(row.at, |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M:%S"))),
        actor: if row.actor == "command line" { "コマンド".to_owned() } else { row.actor },
        subject: row.subject.unwrap_or_default(),
        sentence: row.sentence,
        outcome: match row.outcome.as_str() {
            "refused" => AuditOutcome::Refused,
            "failed" => AuditOutcome::Failed,
            _ => AuditOutcome::Done,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days are read in either calendar, and the last day is meant whole.
    #[test]
    fn reads_the_filter() {
        let asked = Asked {
            from: "R8.11.1".into(),
            until: "2026-11-30".into(),
            kind: "60".into(),
            ..Asked::default()
        };
        let (filter, errors) = read(&asked);
        assert!(errors.0.is_empty());
        assert_eq!(filter.from.as_deref(), Some("2026-11-01"));
        assert_eq!(filter.before.as_deref(), Some("2026-12-01"));
        assert_eq!((filter.kind, filter.actor), (Some(60), None));
        let (_, errors) = read(&Asked { until: "きのう".into(), ..Asked::default() });
        assert_eq!(errors.0[0].field, "until");
    }

    /// The next page keeps the filter, whatever was typed into it.
    #[test]
    fn keeps_the_filter_in_the_address() {
        let asked = Asked { actor: "a&page=9".into(), page: Some(3), ..Asked::default() };
        assert_eq!(address(&asked), "/audit?actor=a%26page%3D9&subject=&from=&until=&kind=&page=");
    }
}
