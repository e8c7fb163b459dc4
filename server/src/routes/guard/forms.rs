//! Forms at the door: kept until what is missing is there, and sent on as they were.

use super::{Passage, Wanted, forgotten};
use crate::clock::stamp;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::rng::hex;
use crate::routes::client::{Address, with};
use crate::routes::{plain, respond, second_person, step_up};
use crate::staff::four_eyes::{self, Kind};
use crate::staff::kept::KeptForm;
use crate::staff::proof::Given;
use crate::staff::session::earliest_page;
use crate::staff::step_up::prove;
use crate::staff::visitor::Visitor;
use crate::store;
use axum::extract::Request;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use zeroize::Zeroizing;

/// What an address says to send a kept form on.
const NAME: &str = "kept";
const FORM: &str = "application/x-www-form-urlencoded";

/// A form as it was sent, without control characters.
pub(super) struct Sent {
    fields: Vec<(String, String)>,
    /// The name under which it has waited.
    kept: Option<String>,
}

/// What came of an answer that carried a kept form's name.
pub(super) enum Answered {
    /// The form goes on.
    GoesOn(Sent),
    /// The answer wasn't right.
    AsksAgain(Response),
}

/// True for a form; files are another matter.
pub(super) fn is_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with(FORM))
}

/// The kept form that an address names.
pub(super) fn name_in(query: Option<&str>) -> Option<String> {
    pairs(query?.as_bytes()).into_iter().find(|(name, _)| name == NAME).map(|(_, value)| value)
}

/// The address without the name of a kept form.
pub(super) fn without_name(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let mut rest = pairs(query.as_bytes());
    let before = rest.len();
    rest.retain(|(name, _)| name != NAME);
    if rest.len() == before {
        return address.to_owned();
    }
    let rest = serde_html_form::to_string(&rest).unwrap_or_default();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") }
}

fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    serde_html_form::from_bytes(bytes).unwrap_or_default()
}

impl Sent {
    pub(super) fn new(body: &[u8]) -> Self {
        Self { fields: pairs(&plain::fields(body)), kept: None }
    }

    /// What a field says; empty when it isn't there.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// The session's token that it carries.
    pub(super) fn token(&self) -> &str {
        self.field("csrf")
    }

    /// The form as bytes, for its handler.
    pub(super) fn body(&self) -> Vec<u8> {
        serde_html_form::to_string(&self.fields).unwrap_or_default().into_bytes()
    }

    /// True when it stood on a page of an earlier session of the same person.
    pub(super) async fn is_from_before(&self, office: &Office, visitor: &Visitor) -> Result<bool> {
        let since = stamp(earliest_page(office.clock().now()));
        store::sessions::had_token(office.store().read(), visitor.staff_id, self.token(), &since).await
    }

    /// Lets the form wait, and leads its sender to what is missing.
    pub(super) fn wait(self, office: &Office, visitor: &Visitor, wanted: &Wanted, way: &str) -> Response {
        let name = self.keep(office, visitor.staff_id, wanted);
        respond::see_other(&with(way, NAME, &name))
    }

    /// Lets the form wait, and returns its name. The token isn't kept: the one that is in force when it goes on counts.
    pub(super) fn keep(self, office: &Office, staff_id: i64, wanted: &Wanted) -> String {
        let name = self.kept.unwrap_or_else(|| hex(&office.rng().bytes::<16>()));
        let fields: Vec<_> = self.fields.into_iter().filter(|(name, _)| name != "csrf").collect();
        let body = serde_html_form::to_string(&fields).unwrap_or_default().into_bytes();
        let form = KeptForm {
            staff_id,
            address: wanted.address.clone(),
            before: wanted.before.clone(),
            body: Zeroizing::new(body),
            at: office.clock().now(),
        };
        office.kept().keep(name.clone(), form);
        name
    }

    /// It has acted, or was refused for good: it waits no longer.
    pub(super) fn done(&self, office: &Office) {
        if let Some(name) = &self.kept {
            office.kept().forget(name);
        }
    }
}

impl Passage<'_> {
    /// Takes the answer to what a kept form waits for, and the form itself.
    pub(super) async fn answer(
        &mut self,
        parts: &mut Parts,
        name: &str,
        sent: &Sent,
        from: Address,
    ) -> Result<Answered> {
        let now = self.office.clock().now();
        let kept = self.office.kept().find(name, self.visitor.staff_id, now).ok_or_else(forgotten)?;
        if kept.address.split('?').next() != Some(parts.uri.path()) {
            return Err(forgotten().into());
        }
        if sent.has("second_login") {
            match self.second_person(&kept, sent, from).await {
                Err(Error::Refused(refusal)) if refusal.status == 422 => {
                    let asked = second_person::Asked {
                        name,
                        kind: sent.field("kind"),
                        login: sent.field("second_login"),
                    };
                    let page =
                        second_person::again(self.office, &self.visitor, &kept, &asked, &refusal).await?;
                    return Ok(Answered::AsksAgain(page));
                }
                other => other?,
            }
        } else if sent.has("password") {
            let given = Given {
                password: sent.field("password").to_owned(),
                code: sent.field("code").to_owned(),
                ..Given::default()
            };
            match prove(self.office, &self.visitor, given, from.0).await {
                Ok(token) => self.renew(&token).await?,
                Err(Error::Refused(refusal)) if refusal.status == 422 => {
                    let page = step_up::again(self.office, &self.visitor, name, &kept, &refusal).await?;
                    return Ok(Answered::AsksAgain(page));
                }
                Err(error) => return Err(error),
            }
        }
        parts.uri = kept.address.parse().map_err(Error::internal)?;
        let mut fields = pairs(&kept.body);
        fields.push(("csrf".to_owned(), self.visitor.csrf.clone()));
        Ok(Answered::GoesOn(Sent { fields, kept: Some(name.to_owned()) }))
    }

    async fn second_person(&mut self, kept: &KeptForm, sent: &Sent, from: Address) -> Result<()> {
        let given = Given {
            login: sent.field("second_login").trim().to_owned(),
            password: sent.field("second_password").to_owned(),
            code: sent.field("second_code").to_owned(),
        };
        let kind = Kind::from_code(sent.field("kind")).ok_or_else(forgotten)?;
        let second =
            four_eyes::confirm(self.office, &self.visitor, kind, &kept.address, given, from.0).await?;
        self.visitor.second = Some(second);
        Ok(())
    }

    /// The session goes on under another token.
    async fn renew(&mut self, token: &str) -> Result<()> {
        let gone = || Error::internal("a session that was just renewed isn't there");
        self.visitor = Visitor::find(self.office, token).await?.ok_or_else(gone)?;
        self.renewed = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fields keep their order and their doubles, and the name of a kept form is no part of its address.
    #[test]
    fn forms_stay_as_they_were() {
        let sent = Sent::new(b"csrf=t&documents=a&documents=b&reason=%E7%90%86%E7%94%B1+1");
        assert_eq!((sent.token(), sent.field("reason")), ("t", "理由 1"));
        assert_eq!(Sent::new(&sent.body()).fields, sent.fields);
        assert_eq!(without_name("/settings?kept=ab&saved=1"), "/settings?saved=1");
        assert_eq!(without_name("/settings?kept=ab"), "/settings");
        assert_eq!(without_name("/calc?a=%E3%81%82"), "/calc?a=%E3%81%82");
        assert_eq!(name_in(Some("a=1&kept=ab")).as_deref(), Some("ab"));
    }
}
