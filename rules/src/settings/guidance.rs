//! Days and sentences that follow from the office's settings.

use chrono::{Datelike, NaiveDate};

use super::{
    ConvenienceStore, ExpiryWording, FirstProxyContact, InsuranceGrace, LateReply, NoticeTiming,
    OfficeSettings, OnlineRenewal,
};
use crate::calendar::Calendar;
use crate::dates::{add_days, corresponding_day, sub_days};
use crate::{period, wareki};

impl OfficeSettings {
    /// The last day for a 照会書兼回答書 posted on `posted`: the office's days, rolled over to an open day,
    /// and never after the card's last day.
    pub fn reply_deadline(
        &self,
        posted: NaiveDate,
        card_expiry: NaiveDate,
        calendar: &Calendar,
    ) -> NaiveDate {
        period::due(posted, u64::from(self.deadlines.reply_days), calendar).min(card_expiry)
    }

    /// Whether a reply that came in on `received` can be used.
    pub fn takes_reply(
        &self,
        received: NaiveDate,
        deadline: NaiveDate,
        certificate_expiry: NaiveDate,
    ) -> bool {
        received <= deadline || (self.late_reply == LateReply::Accept && received <= certificate_expiry)
    }

    /// The oldest day of issue a proof of representation may carry on `today`.
    pub fn oldest_proof(&self, today: NaiveDate) -> NaiveDate {
        corresponding_day(today, u32::from(self.deadlines.proof_months))
    }

    /// The day on which the notice for a certificate expiring on `expiry` should be posted.
    pub fn notice_day(&self, expiry: NaiveDate) -> NaiveDate {
        match self.notice_timing {
            NoticeTiming::ThreeMonths => period::first_day(expiry, false),
            NoticeTiming::TwoAndHalfMonths => sub_days(corresponding_day(expiry, 2), 15),
            NoticeTiming::TwoMonths => corresponding_day(expiry, 2),
        }
    }

    /// What a person who worries about the health insurance is told after `expiry`.
    pub fn insurance_sentence(&self, expiry: NaiveDate) -> String {
        let end = match self.insurance_grace {
            InsuranceGrace::NoDate => {
                return "電子証明書の有効期間満了後も、3か月間は健康保険証として使えます(診療情報の提供を除く)。"
                    .to_owned();
            }
            InsuranceGrace::CalendarDay => months_later(expiry, 3),
            InsuranceGrace::MonthEnd => month_end(months_later(expiry, 3)),
        };
        format!(
            "電子証明書の有効期間満了後も、{}までは健康保険証として使えます(診療情報の提供を除く)。",
            wareki::long(end)
        )
    }
}

impl OfficeSettings {
    /// How long the new certificate will last, as paper says it (item 2).
    pub fn expiry_sentence(&self, renewal: bool) -> &'static str {
        match (self.expiry_wording, renewal) {
            (ExpiryWording::SameAsCard, true) => {
                "更新後の電子証明書の有効期限は、マイナンバーカードの有効期限と同じ日です。"
            }
            (ExpiryWording::ByMoment, true) => {
                "更新後の有効期限は、更新の日から6回目の誕生日です。カードの有効期限のほうが早いときは、その日までです。"
            }
            (_, false) => {
                "有効期限は、発行の日から5回目の誕生日です。カードの有効期限のほうが早いときは、その日までです。"
            }
        }
    }

    /// When convenience stores accept the card again (item 14; an issuance after expiry takes a day anyway).
    pub fn convenience_store_sentence(&self, renewal: bool) -> &'static str {
        match self.convenience_store {
            ConvenienceStore::OneHour if renewal => "コンビニ交付は、およそ1時間後から使えます。",
            ConvenienceStore::OneHour | ConvenienceStore::OneDay => "コンビニ交付は、24時間後から使えます。",
            ConvenienceStore::NextDay => "コンビニ交付は、翌日から使えます。",
        }
    }

    /// What is said about renewing by smartphone (item 20).
    pub fn online_sentence(&self) -> &'static str {
        match self.online_renewal {
            OnlineRenewal::NotPossible => {
                "電子証明書の更新は窓口で行います。スマートフォンやパソコンではできません。"
            }
            OnlineRenewal::Possible => "電子証明書の更新は、スマートフォンでもできます。",
        }
    }

    /// How a proxy's request begins (item 6).
    pub fn first_contact_sentence(&self) -> &'static str {
        match self.first_proxy_contact {
            FirstProxyContact::Visit => "照会書の送付は、窓口で受け付けます。",
            FirstProxyContact::PhoneToo => "照会書の送付は、窓口のほか電話でも受け付けます。",
        }
    }
}

/// The same day `months` later, or the last day of that month where it does not exist.
fn months_later(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(chrono::Months::new(months)).unwrap_or(date)
}

fn month_end(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    sub_days(months_later(first, 1), 1).max(add_days(first, 27))
}
