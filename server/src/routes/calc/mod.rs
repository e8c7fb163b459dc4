//! `/calc`: days and procedures worked out for a question on the telephone, without anyone's record. The questions are
//! those of `madoguchi calc`, answered by the same rules.

mod read;
mod words;

use super::form::Posted;
use super::respond::{frame, html, unprocessable};
use super::visitor::Visitor;
use crate::error::Result;
use crate::office::{Office, Rulebook};
use crate::routes::registry::{Routes, get, post};
use app::components::FormErrors;
use app::frame::MenuItem;
use app::pages::calc::{CalcAnswer, CalcPage, QUESTIONS, Typed, render};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use rules::NaiveDate;
use rules::calc;
use rules::kinds::PinKind;

/// `/calc` and `/calc/pin`
pub fn routes() -> Routes {
    Routes::new().route("/calc", get(show)).route("/calc/pin", post(pin))
}

async fn show(State(office): State<Office>, visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response> {
    let mut typed: Typed = super::form::parse(query.unwrap_or_default().as_bytes())?;
    let asked = typed.remove("ask").and_then(|values| values.into_iter().next()).unwrap_or_default();
    let ask = QUESTIONS.iter().map(|(ask, _)| *ask).find(|ask| *ask == asked).unwrap_or(QUESTIONS[0].0);
    // The link to a question brings nothing but its name; a PIN never comes by an address.
    if typed.is_empty() || ask == "pin" {
        let typed = blank(ask, office.clock().today());
        return page(&office, &visitor, CalcPage { ask: ask.to_owned(), typed, ..CalcPage::default() }).await;
    }
    let page_of = answered(ask, typed, &office.rulebook());
    page(&office, &visitor, page_of).await
}

/// Checks a PIN's form. What was typed goes into the rules and is forgotten: it is not sent back.
async fn pin(State(office): State<Office>, Posted { visitor, form }: Posted<Typed>) -> Result<Response> {
    let mut answered = answered("pin", form, &office.rulebook());
    answered.typed.remove("value");
    page(&office, &visitor, answered).await
}

async fn page(office: &Office, visitor: &Visitor, page: CalcPage) -> Result<Response> {
    let text = render(&frame(office, visitor, MenuItem::Calc).await?, &page);
    Ok(if page.errors.0.is_empty() { html(text) } else { unprocessable(text) })
}

/// A new form: today, and everybody knows every PIN.
fn blank(ask: &str, today: NaiveDate) -> Typed {
    let mut typed = Typed::new();
    if ask == "procedure" {
        typed.insert("today".to_owned(), vec![today.to_string()]);
        let pins = PinKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
        typed.insert("pins_known".to_owned(), pins);
    }
    typed
}

fn answered(ask: &str, typed: Typed, rulebook: &Rulebook) -> CalcPage {
    let found: Result<CalcAnswer, Vec<_>> = read::question(ask, &typed).and_then(|question| {
        calc::answer(&question, &rulebook.settings, &rulebook.calendar)
            .map(|answer| words::answer(&question, answer, rulebook))
            .map_err(|error| vec![read::refused(ask, &error)])
    });
    let page = CalcPage { ask: ask.to_owned(), typed, ..CalcPage::default() };
    match found {
        Ok(answer) => CalcPage { answer: Some(answer), ..page },
        Err(errors) => CalcPage { errors: FormErrors(errors), ..page },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::settings::OfficeSettings;

    fn ask(ask: &str, fields: &[(&str, &str)]) -> CalcPage {
        let mut typed = Typed::new();
        for (field, value) in fields {
            typed.entry((*field).to_owned()).or_default().push((*value).to_owned());
        }
        answered(ask, typed, &Rulebook::new(OfficeSettings::default()))
    }

    /// 練馬区's own example: expiry 2023-07-07, renewable from 2023-04-08.
    #[test]
    fn says_from_when() {
        let page = ask("renewal_period", &[("expiry", "R5.7.7")]);
        assert!(page.errors.0.is_empty());
        assert!(page.answer.unwrap().sentence.starts_with("令和5年4月8日(土)から"));
    }

    /// One step early is told with what waiting gains; where the card ends first, waiting gains nothing.
    #[test]
    fn says_until_when() {
        let fields = |card| {
            [
                ("kind", "authentication"),
                ("birth", "S55.10.10"),
                ("issued", "2025-07-01"),
                ("card_expiry", card),
                ("current_expiry", "R7.10.10"),
            ]
        };
        let answer = ask("validity", &fields("R12.10.10")).answer.unwrap();
        assert!(answer.sentence.contains("令和11年10月10日"), "{}", answer.sentence);
        assert!(answer.sentence.contains("短くなります"), "{}", answer.sentence);
        assert!(
            answer.sentence.contains("令和7年7月11日から手続きすれば令和12年10月10日"),
            "{}",
            answer.sentence
        );
        let capped = ask("validity", &fields("R10.10.10")).answer.unwrap();
        assert!(!capped.sentence.contains("短く"), "{}", capped.sentence);
    }

    /// What is missing is told at its field, all at once; nothing is guessed.
    #[test]
    fn tells_what_is_missing() {
        let page = ask("validity", &[("birth", "きのう")]);
        assert!(page.answer.is_none());
        let fields: Vec<_> = page.errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["kind", "birth", "issued", "card_expiry"]);
    }

    /// Contradicting dates and unknown codes are told at the field that can be put right.
    #[test]
    fn tells_what_contradicts() {
        let dates = [("birth", "H2.1.1"), ("received", "R6.1.10"), ("issued", "R6.1.9")];
        assert_eq!(ask("card_validity", &dates).errors.0[0].field, "issued");
        let visit = [("today", "R7.8.1"), ("birth", "S55.10.10"), ("applicant", "stranger")];
        assert_eq!(ask("procedure", &visit).errors.0[0].field, "applicant");
        let no_card = ask("procedure", &[("today", "R7.8.1"), ("birth", "S55.10.10")]);
        assert_eq!(no_card.errors.0[0].field, "card_expiry");
        assert_eq!(no_card.errors.0[0].sentence, "カードの有効期限を入れてください。");
        let postal = [("postal_code", "115-0000"), ("address", "赤羽1")];
        assert_eq!(ask("customer_barcode", &postal).errors.0[0].field, "postal_code");
    }
}
