//! The right column: the resident and the card in brief.

use crate::components::{Mark, state_mark};
use crate::dates;
use crate::pages::parts::{OnReader, birth_and_age, on_reader};
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::{CertificateKind, Sex};

/// The resident in brief.
#[derive(Clone, Debug)]
pub struct ResidentBrief {
    /// 宛名番号.
    pub number: String,
    /// As registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// The birthday.
    pub birth: NaiveDate,
    /// Years today.
    pub age: u32,
    /// As registered.
    pub sex: Sex,
    /// Address and building.
    pub address: String,
    /// Short words: 支援措置, 成年被後見人.
    pub flags: Vec<String>,
}

/// The card in brief.
#[derive(Clone, Debug)]
pub struct CardBrief {
    /// 15 characters.
    pub card_number: String,
    /// What it is now.
    pub mark: Mark,
    /// Its last day.
    pub expires: NaiveDate,
    /// Its certificates.
    pub certificates: Vec<CertificateBrief>,
    /// What the reader sees.
    pub on_reader: OnReader,
    /// Where this comes from: 「14:05にカードから読みました」, 「台帳のとおり」.
    pub origin: String,
}

/// A certificate in brief.
#[derive(Clone, Copy, Debug)]
pub struct CertificateBrief {
    /// Which of the two.
    pub kind: CertificateKind,
    /// What it is now.
    pub mark: Mark,
    /// Its last day, if there is one.
    pub expires: Option<NaiveDate>,
}

pub(super) fn view(resident: &ResidentBrief, card: Option<&CardBrief>) -> AnyView {
    let flags: Vec<_> =
        resident.flags.iter().map(|flag| view! { <span class="flag">{flag.clone()}</span>" " }).collect();
    view! {
        <aside class="case__aside" aria-label="住民とカード" data-follows-reader="1">
            <section class="panel">
                <p class="kana">{resident.kana.clone()}</p>
                <p class="person"><a href=format!("/residents/{}", resident.number)>{resident.name.clone()}</a></p>
                <p>{birth_and_age(resident.birth, resident.age)}" "{resident.sex.label()}</p>
                <p>{resident.address.clone()}</p>
                {flags}
            </section>
            {card.map(card_view)}
        </aside>
    }
    .into_any()
}

fn card_view(card: &CardBrief) -> AnyView {
    let certificates: Vec<_> = card
        .certificates
        .iter()
        .map(|certificate| {
            let word = match certificate.kind {
                CertificateKind::Signature => "署名用",
                CertificateKind::Authentication => "利用者証明用",
            };
            view! { <dt>{word}</dt><dd>{state_mark(certificate.mark)}" "{certificate.expires.map(dates::short)}</dd> }
        })
        .collect();
    view! {
        <section class="panel">
            <div class="panel__head"><h2>"カード"</h2>{state_mark(card.mark)}</div>
            <p class="code">{card.card_number.clone()}</p>
            <dl class="facts">
                <dt>"有効期限"</dt><dd>{dates::short(card.expires)}</dd>
                {certificates}
            </dl>
            {on_reader(&card.on_reader)}
            <p class="muted"><small>{card.origin.clone()}</small></p>
        </section>
    }
    .into_any()
}
