//! The card and its two certificates, side by side.

use crate::components::{Mark, ValidityBar, state_mark};
use crate::dates;
use crate::pages::parts::{OnReader, PinTries, Tries, on_reader, tries};
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::{CardKind, CertificateKind};

/// The card.
#[derive(Clone, Debug)]
pub struct CardPanel {
    /// What card it is.
    pub kind: CardKind,
    /// 15 characters.
    pub card_number: String,
    /// 顔認証マイナンバーカード: no PINs.
    pub face_only: bool,
    /// The day it was made.
    pub issued: NaiveDate,
    /// Its last day.
    pub expires: NaiveDate,
    /// What it is now.
    pub mark: Mark,
    /// One sentence about it, if there is something to say; may be empty.
    pub sentence: String,
    /// What the reader sees.
    pub on_reader: OnReader,
    /// The PINs that guard no certificate, when the card is on the reader.
    pub pins: Vec<PinTries>,
}

/// One certificate.
#[derive(Clone, Debug)]
pub struct CertificatePanel {
    /// Which of the two.
    pub kind: CertificateKind,
    /// What it is now.
    pub mark: Mark,
    /// What a clerk would say of it: 「あと12日で更新できます(10月11日から)。」
    pub sentence: String,
    /// Its days; `None` when it was never issued.
    pub days: Option<CertificateDays>,
    /// Hexadecimal; may be empty.
    pub serial: String,
    /// Tries of its PIN, when the card is on the reader.
    pub tries: Option<Tries>,
}

/// The days of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateDays {
    /// The first day.
    pub issued: NaiveDate,
    /// The last day.
    pub expires: NaiveDate,
    /// The first day of the renewal period, where renewing it makes sense.
    pub renewal_from: Option<NaiveDate>,
    /// The last day in the period on which the counter does card work.
    pub last_open_day: Option<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

pub(super) fn card(card: Option<&CardPanel>) -> AnyView {
    let Some(card) = card else {
        return view! {
            <section class="panel panel--card">
                <div class="panel__head"><h2>"カード"</h2>{state_mark(Mark::None)}</div>
                <p class="panel__say">"この人のカードは登録されていません。"</p>
            </section>
        }
        .into_any();
    };
    let face = card.face_only.then(|| view! { <span class="flag">"顔認証"</span> });
    let sentence =
        (!card.sentence.is_empty()).then(|| view! { <p class="panel__say">{card.sentence.clone()}</p> });
    let pins: Vec<_> =
        card.pins.iter().map(|pin| view! { <dt>{pin_word(*pin)}</dt><dd>{tries(pin.tries)}</dd> }).collect();
    view! {
        <section class="panel panel--card">
            <div class="panel__head"><h2>{card.kind.label()}</h2><span>{face}" "{state_mark(card.mark)}</span></div>
            {sentence}
            <dl class="facts">
                <dt>"有効期限"</dt><dd><strong>{dates::plain(card.expires)}</strong></dd>
                <dt>"発行日"</dt><dd>{dates::short_with_year(card.issued)}</dd>
                <dt>"カード番号"</dt><dd class="code">{card.card_number.clone()}</dd>
                {pins}
            </dl>
            {on_reader(&card.on_reader)}
        </section>
    }
    .into_any()
}

/// The panel is narrow: the PIN's short name.
fn pin_word(pin: PinTries) -> &'static str {
    use rules::kinds::PinKind;
    match pin.kind {
        PinKind::ResidentRegister => "住基用暗証番号",
        PinKind::CardEntry => "券面用暗証番号",
        PinKind::Signature => "署名用暗証番号",
        PinKind::Authentication => "利用者用暗証番号",
    }
}

pub(super) fn certificate(panel: &CertificatePanel) -> AnyView {
    let class = if panel.mark == Mark::InPeriod { "panel panel--soon" } else { "panel" };
    let body = panel.days.map(|days| certificate_days(panel, days));
    view! {
        <section class=class>
            <div class="panel__head"><h2>{panel.kind.label()}</h2>{state_mark(panel.mark)}</div>
            <p class="panel__say">{panel.sentence.clone()}</p>
            {body}
        </section>
    }
    .into_any()
}

fn certificate_days(panel: &CertificatePanel, days: CertificateDays) -> AnyView {
    let usable = matches!(panel.mark, Mark::Valid | Mark::InPeriod);
    let bar = ValidityBar {
        issued: days.issued,
        expires: days.expires,
        renewal_from: days.renewal_from,
        today: days.today,
        usable,
    };
    // A certificate that no longer counts has no period to come in.
    let period = days.renewal_from.filter(|_| usable).map(|from| {
        view! { <dt>"更新期間"</dt><dd>{dates::short(from)}" から "{dates::short(days.expires)}" まで"</dd> }
    });
    let last = days
        .last_open_day
        .filter(|_| usable)
        .map(|day| view! { <dt>"最後の開庁日"</dt><dd>{dates::long(day)}</dd> });
    let tries_left = panel.tries.map(|left| view! { <dt>"暗証番号"</dt><dd>{tries(left)}</dd> });
    let serial = (!panel.serial.is_empty())
        .then(|| view! { <dt>"番号"</dt><dd class="code">{panel.serial.clone()}</dd> });
    view! {
        {bar.view()}
        <dl class="facts">
            <dt>"満了日"</dt><dd><strong>{dates::plain(days.expires)}</strong>" "<small>{dates::western_year(days.expires)}</small></dd>
            <dt>"発行日"</dt><dd>{dates::short_with_year(days.issued)}</dd>
            {period}
            {last}
            {tries_left}
            {serial}
        </dl>
    }
    .into_any()
}
