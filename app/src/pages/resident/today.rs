//! What can be done today and what can't, each with its reason.

use crate::components::{Button, Source, describe_source, post_form};
use leptos::prelude::*;

/// Something that can be done today. Pressing it opens a case, or first asks for more.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// 更新する, 暗証番号を再設定する: a verb.
    pub label: String,
    /// What comes of it: 「新しい満了日 令和12年10月10日」, or a caution.
    pub detail: String,
    /// 宛名番号.
    pub resident: String,
    /// What it carries: procedure, applicant.
    pub fields: Vec<(String, String)>,
    /// The most likely one, drawn as the main action. At most one.
    pub primary: bool,
    /// Where it leads.
    pub way: OfferWay,
}

/// Where an offer leads.
#[derive(Clone, Debug, Default)]
pub enum OfferWay {
    /// To the reception page, which asks which PIN, which certificate, who came.
    #[default]
    Ask,
    /// Straight to a case.
    Open {
        /// Makes a second press harmless.
        once: String,
    },
}

/// Something that can't be done today.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// 署名用電子証明書の発行.
    pub label: String,
    /// Why, in a sentence.
    pub sentence: String,
    /// Where that comes from.
    pub source: Source,
}

pub(super) fn view(reception: Option<&str>, offers: &[Offer], refusals: &[Refusal]) -> AnyView {
    let buttons: Vec<_> = offers.iter().map(offer).collect();
    let nothing = offers.is_empty().then(
        || view! { <p class="empty">"今日この窓口でできる手続きはありません。理由は下のとおりです。"</p> },
    );
    let reasons: Vec<_> = refusals
        .iter()
        .map(|refusal| {
            view! {
                <li>
                    <span class="refusals__what">{refusal.label.clone()}</span>
                    <span>{refusal.sentence.clone()}</span>
                    {describe_source(&refusal.source)}
                </li>
            }
        })
        .collect();
    let cannot = (!refusals.is_empty()).then(|| {
        view! { <section class="section"><h2>"できないこと"</h2><ul class="refusals">{reasons}</ul></section> }
    });
    view! {
        <section class="section no-print">
            <h2>"今日できること"</h2>
            {nothing}
            <div class="offers">{buttons}{reception.map(other_reception)}</div>
        </section>
        {cannot}
    }
    .into_any()
}

fn offer(offer: &Offer) -> AnyView {
    let detail = (!offer.detail.is_empty()).then(|| offer.detail.clone());
    let button = if offer.primary { Button::primary(&offer.label) } else { Button::secondary(&offer.label) };
    match &offer.way {
        OfferWay::Open { once } => post_form(format!("/residents/{}/cases", offer.resident))
            .class("offer")
            .hidden_all(&offer.fields)
            .once(once)
            .view(button.detail(detail).view()),
        OfferWay::Ask => {
            let hidden: Vec<_> = offer
                .fields
                .iter()
                .map(|(name, value)| {
                    view! { <input type="hidden" name=name.clone() value=value.clone()/> }
                })
                .collect();
            view! {
                <form class="offer" method="get" action=format!("/residents/{}/reception", offer.resident)>
                    {hidden}{button.detail(detail).view()}
                </form>
            }
            .into_any()
        }
    }
}

/// For everything that the buttons don't ask: who came, several procedures, by telephone.
fn other_reception(number: &str) -> AnyView {
    view! {
        <a class="button" href=format!("/residents/{number}/reception")>
            <span>"代理人の来庁・複数の手続きを受け付ける"</span>
            <span class="button__detail">"来た人と、することを選びます。"</span>
        </a>
    }
    .into_any()
}
