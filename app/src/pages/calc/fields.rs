//! The fields of the small questions.

use super::CalcPage;
use crate::components::{CheckboxGroup, Choice, DateField, Field, RadioGroup, Select};
use leptos::prelude::*;
use rules::kinds::{CertificateKind, PinKind};
use std::collections::HashMap;

/// What was typed, by field; the same field may be ticked several times.
pub type Typed = HashMap<String, Vec<String>>;

impl CalcPage {
    /// What was typed in a field.
    pub(super) fn value(&self, field: &str) -> String {
        self.typed.get(field).and_then(|values| values.first()).cloned().unwrap_or_default()
    }

    /// What was ticked in a group.
    pub(super) fn ticked(&self, field: &str) -> Vec<String> {
        self.typed.get(field).cloned().unwrap_or_default()
    }

    pub(super) fn date(&self, field: &str, label: &str) -> DateField {
        DateField::new(field, label, &self.value(field)).error(self.errors.of(field))
    }

    pub(super) fn one_of(&self, field: &str, label: &str, choices: &[Choice]) -> AnyView {
        let chosen = self.value(field);
        Select::new(field, label, choices, &chosen).error(self.errors.of(field)).view()
    }

    pub(super) fn some_of(&self, field: &str, label: &str, choices: &[Choice]) -> CheckboxGroup {
        CheckboxGroup::new(field, label, choices, &self.ticked(field)).error(self.errors.of(field))
    }
}

pub(super) fn of(ask: &str, page: &CalcPage) -> AnyView {
    match ask {
        "validity" => validity(page),
        "card_validity" => card_validity(page),
        "open_day" => page.date("date", "日付").with_hint().required().view(),
        "wareki" => page.date("text", "日付").with_hint().required().view(),
        "pin" => pin(page),
        "customer_barcode" => customer_barcode(page),
        _ => renewal_period(page),
    }
}

/// In Japan, or abroad with the card going on.
pub(super) fn abroad(page: &CalcPage) -> AnyView {
    let choices =
        [Choice::new("no", "国内に住んでいる人"), Choice::new("yes", "国外に転出した人(1年前から)")];
    let chosen = if page.value("abroad") == "yes" { "yes" } else { "no" };
    RadioGroup::new("abroad", "住んでいるところ", &choices, chosen).view()
}

pub(super) fn certificate_kinds() -> Vec<Choice> {
    CertificateKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect()
}

fn renewal_period(page: &CalcPage) -> AnyView {
    view! {
        {page.date("expiry", "証明書の満了日").with_hint().required().view()}
        {abroad(page)}
    }
    .into_any()
}

fn validity(page: &CalcPage) -> AnyView {
    view! {
        {page.one_of("kind", "証明書", &certificate_kinds())}
        {page.date("birth", "生年月日").with_hint().required().view()}
        {page.date("issued", "手続きの日").required().view()}
        {page.date("card_expiry", "カードの有効期限").required().view()}
        {page.date("current_expiry", "いまの証明書の満了日(有効な証明書がないときは空欄)").view()}
        {page.date("authentication_expiry", "利用者証明用の満了日(署名用だけを書くとき)").view()}
        {abroad(page)}
    }
    .into_any()
}

fn card_validity(page: &CalcPage) -> AnyView {
    view! {
        {page.date("birth", "生年月日").with_hint().required().view()}
        {page.date("received", "申請書の受付日(J-LIS)").required().view()}
        {page.date("issued", "カードの発行日").required().view()}
        {page.date("stay_until", "在留期間の満了日(ある方だけ)").view()}
    }
    .into_any()
}

fn pin(page: &CalcPage) -> AnyView {
    let kinds: Vec<Choice> = PinKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.label())).collect();
    view! {
        <p>"形が合っているか、推測されやすくないかだけを見ます。入れたものは残りません。本人の暗証番号を聞き取って入れないでください。"</p>
        {page.one_of("kind", "暗証番号の種類", &kinds)}
        {Field::secret("value", "確かめたい文字").error(page.errors.of("value")).required().view()}
    }
    .into_any()
}

fn customer_barcode(page: &CalcPage) -> AnyView {
    let field = |name: &str, label: &str| {
        Field::text(name, label).value(page.value(name)).error(page.errors.of(name)).required()
    };
    view! {
        {field("postal_code", "郵便番号").hint("例 115-0045").class("input input--short").input_mode("numeric").view()}
        {field("address", "住所(方書まで)").hint("例 東京都北区赤羽一丁目2番3号 見本マンション405号").view()}
    }
    .into_any()
}
