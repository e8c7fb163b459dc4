//! `/calc`: days worked out for a question on the telephone, without anyone's record.

use super::respond::{frame, html, unprocessable};
use super::visitor::Visitor;
use crate::error::Result;
use crate::office::{Office, Rulebook};
use app::components::{FieldError, FormErrors, Source};
use app::frame::MenuItem;
use app::pages::calc::{CalcAnswer, CalcInput, CalcPage, render};
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use rules::calendar::OpenDay;
use rules::kinds::CertificateKind;
use rules::validity::{ValidityQuestion, certificate_validity};
use rules::{period, sources, wareki};
use serde::Deserialize;

/// `/calc`
pub fn routes() -> Router<Office> {
    Router::new().route("/calc", get(show))
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ask: String,
    expiry: String,
    abroad: String,
    kind: String,
    birth: String,
    issued: String,
    card_expiry: String,
    current_expiry: String,
    date: String,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut form = Form { asked: &asked, errors: Vec::new() };
    let answer = form.answer(&office.rulebook());
    let wrong = !form.errors.is_empty();
    let page = CalcPage {
        ask: asked.ask.clone(),
        errors: FormErrors(form.errors),
        answer: answer.filter(|_| !wrong),
        input: CalcInput {
            expiry: asked.expiry,
            abroad: asked.abroad,
            kind: asked.kind,
            birth: asked.birth,
            issued: asked.issued,
            card_expiry: asked.card_expiry,
            current_expiry: asked.current_expiry,
            date: asked.date,
        },
    };
    let text = render(&frame(&office, &visitor, MenuItem::Calc).await?, &page);
    Ok(if wrong { unprocessable(text) } else { html(text) })
}

struct Form<'a> {
    asked: &'a Asked,
    errors: Vec<FieldError>,
}

impl Form<'_> {
    fn answer(&mut self, rulebook: &Rulebook) -> Option<CalcAnswer> {
        match self.asked.ask.as_str() {
            "renewal_period" => {
                let expiry = self.day("expiry", &self.asked.expiry)?;
                Some(renewal_period(expiry, self.asked.abroad == "yes", rulebook))
            }
            "validity" => self.validity(rulebook),
            "open_day" => {
                let date = self.day("date", &self.asked.date)?;
                Some(open_day(date, &rulebook.calendar.day(date)))
            }
            _ => None,
        }
    }

    fn validity(&mut self, rulebook: &Rulebook) -> Option<CalcAnswer> {
        let asked = self.asked;
        let birth = self.day("birth", &asked.birth);
        let issued = self.day("issued", &asked.issued);
        let card_expiry = self.day("card_expiry", &asked.card_expiry);
        let current_expiry = match asked.current_expiry.trim() {
            "" => Some(None),
            typed => self.day("current_expiry", typed).map(Some),
        };
        let question = ValidityQuestion {
            kind: CertificateKind::from_code(&asked.kind).unwrap_or(CertificateKind::Signature),
            birth: birth?,
            issued: issued?,
            card_expiry: card_expiry?,
            current_expiry: current_expiry?,
            authentication_expiry: None,
            abroad: false,
            leap_birthday: rulebook.settings.leap_birthday,
        };
        match certificate_validity(&question) {
            Ok(validity) => {
                let mut sentence = format!("{}まで有効です。", wareki::long_weekday(validity.expiry));
                if validity.shortened {
                    sentence.push_str("更新期間より前の手続きのため、有効期間が1年短くなります。");
                }
                let lines = vec![
                    ("証明書".to_owned(), question.kind.label().to_owned()),
                    ("満了日".to_owned(), both(validity.expiry)),
                    ("決め手".to_owned(), validity.basis.label().to_owned()),
                ];
                Some(CalcAnswer { sentence, lines, source: Source::from(sources::ORDINANCE) })
            }
            Err(error) => {
                self.wrong("issued", error.sentence());
                None
            }
        }
    }

    fn day(&mut self, field: &str, typed: &str) -> Option<NaiveDate> {
        match wareki::parse(typed) {
            Ok(day) => Some(day),
            Err(_) if typed.trim().is_empty() => {
                self.wrong(field, "日付を入れてください。".to_owned());
                None
            }
            Err(error) => {
                self.wrong(field, error.sentence());
                None
            }
        }
    }

    fn wrong(&mut self, field: &str, sentence: String) {
        self.errors.push(FieldError { field: field.to_owned(), code: "M-9001".to_owned(), sentence });
    }
}

fn renewal_period(expiry: NaiveDate, abroad: bool, rulebook: &Rulebook) -> CalcAnswer {
    let start = rulebook.settings.window_start;
    let period = period::renewal_period_from(expiry, abroad, start, &rulebook.calendar);
    let sentence = format!(
        "{}から{}まで更新できます。",
        wareki::long_weekday(period.from),
        wareki::long_weekday(period.until)
    );
    let open =
        |day: Option<NaiveDate>| day.map_or_else(|| "期間の中に窓口が開く日はありません".to_owned(), both);
    let lines = vec![
        ("最初の受付日".to_owned(), open(period.first_open_day)),
        ("最終受付可能日".to_owned(), open(period.last_open_day)),
    ];
    let source = if abroad { sources::SETAGAYA } else { sources::NERIMA };
    CalcAnswer { sentence, lines, source: Source::from(source) }
}

fn open_day(date: NaiveDate, day: &OpenDay) -> CalcAnswer {
    let shown = wareki::long_weekday(date);
    let reason = day.reason.as_deref().map_or(String::new(), |reason| format!("({reason})"));
    let sentence = match (day.open, day.card_work) {
        (true, true) => format!("{shown}は開いています{reason}。"),
        (true, false) => format!("{shown}は開いていますが、電子証明書の手続きはできません{reason}。"),
        (false, _) => format!("{shown}は閉まっています{reason}。"),
    };
    let hours: Vec<String> = day
        .hours
        .iter()
        .map(|hours| format!("{}から{}まで", hours.from.format("%H:%M"), hours.until.format("%H:%M")))
        .collect();
    let mut lines = Vec::new();
    if !hours.is_empty() {
        lines.push(("受付時間".to_owned(), hours.join("、")));
    }
    lines.extend(day.next_open.map(|next| ("次に開く日".to_owned(), both(next))));
    lines.extend(day.previous_open.map(|previous| ("その前に開いている日".to_owned(), both(previous))));
    CalcAnswer { sentence, lines, source: Source::default() }
}

/// Both calendars, for dates that are told on the telephone.
fn both(day: NaiveDate) -> String {
    format!("{}({})", wareki::long_weekday(day), day.format("%Y-%m-%d"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::settings::OfficeSettings;

    fn answer(asked: &Asked) -> (Option<CalcAnswer>, Vec<FieldError>) {
        let mut form = Form { asked, errors: Vec::new() };
        let answer = form.answer(&Rulebook::new(OfficeSettings::default()));
        (answer, form.errors)
    }

    /// 練馬区's own example: expiry 2023-07-07, renewable from 2023-04-08.
    #[test]
    fn says_from_when() {
        let asked = Asked { ask: "renewal_period".into(), expiry: "R5.7.7".into(), ..Asked::default() };
        let (answer, errors) = answer(&asked);
        assert!(errors.is_empty());
        assert!(answer.unwrap().sentence.starts_with("令和5年4月8日(土)から"));
    }

    /// One step early is told as a lost year.
    #[test]
    fn says_until_when() {
        let asked = Asked {
            ask: "validity".into(),
            kind: "authentication".into(),
            birth: "S55.10.10".into(),
            issued: "2025-07-01".into(),
            card_expiry: "R12.10.10".into(),
            current_expiry: "R7.10.10".into(),
            ..Asked::default()
        };
        let answer = answer(&asked).0.unwrap();
        assert!(answer.sentence.contains("令和11年10月10日"), "{}", answer.sentence);
        assert!(answer.sentence.contains("1年短く"));
    }

    /// What is missing is told at its field, all at once; nothing is guessed.
    #[test]
    fn tells_what_is_missing() {
        let (answer, errors) =
            answer(&Asked { ask: "validity".into(), birth: "きのう".into(), ..Asked::default() });
        assert!(answer.is_none());
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["birth", "issued", "card_expiry"]);
    }
}
