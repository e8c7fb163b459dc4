//! Anyone the principal entrusts: one visit with the notice's sealed form, two with an inquiry letter.

use super::{DocumentsAsked, Purpose, Standing, is_restricted, principal};
use crate::calendar::Calendar;
use crate::identity::Requirement;
use crate::procedure::{CounterFacts, InquiryFacts, MissingCode, NoticeForm, Procedure, ReplyForm, Route};
use crate::settings::{Delegation, ExpiredWithProxy, OfficeSettings, ProxyIdentity};
use crate::{sources, wareki};

pub(super) fn judge(
    facts: &CounterFacts,
    settings: &OfficeSettings,
    calendar: &Calendar,
    purpose: &Purpose,
) -> Standing {
    if is_restricted(facts, settings.leap_birthday) {
        let mut standing = Standing::refused(
            "15歳未満の方と成年被後見人の方の手続きは、法定代理人が申請します。",
            sources::SHIMOGO,
        );
        standing.lacks(MissingCode::LegalRepresentative, "法定代理人の来庁が必要です。", sources::SHIMOGO);
        return standing;
    }
    let mut standing = match one_visit_obstacle(facts, settings, purpose) {
        None => {
            let mut standing = Standing::new(Route::OneVisit);
            standing.because("封をした照会書兼回答書があるため、即日で手続きできます。", sources::OMURA);
            standing
        }
        Some((sentence, source)) => {
            let mut standing = Standing::new(Route::TwoVisits);
            standing.because(sentence, source);
            inquiry(&mut standing, facts, settings, calendar, purpose);
            standing
        }
    };
    own_documents(&mut standing, facts, settings);
    standing
}

/// Why the notice's form does not do; `None` when everything can be done today.
fn one_visit_obstacle(
    facts: &CounterFacts,
    settings: &OfficeSettings,
    purpose: &Purpose,
) -> Option<(&'static str, &'static str)> {
    let as_renewal = settings.expired_with_proxy == ExpiredWithProxy::AsRenewal;
    match purpose.procedure {
        Procedure::Renewal => {}
        Procedure::Issuance if purpose.expired && as_renewal => {}
        Procedure::Issuance if purpose.expired => {
            return Some((
                "有効期限を過ぎているため、通知に同封の照会書兼回答書は使えません。照会書を本人に郵送します。",
                sources::MIHARA,
            ));
        }
        Procedure::PinReset => {
            return Some((
                "代理人による暗証番号の再設定は、照会書を本人に郵送して行います。",
                sources::KUNITACHI,
            ));
        }
        _ => return Some(("代理人による申請は、照会書を本人に郵送して行います。", sources::KUNITACHI)),
    }
    if purpose.expired && !as_renewal {
        return Some((
            "有効期限を過ぎた電子証明書があるため、通知に同封の照会書兼回答書は使えません。照会書を本人に郵送します。",
            sources::MIHARA,
        ));
    }
    match facts.notice_form {
        NoticeForm::None => {
            return Some(("照会書兼回答書がないため、照会書を本人に郵送します。", sources::KUNITACHI));
        }
        NoticeForm::Unsealed => {
            return Some((
                "封のない照会書兼回答書は使えません。照会書を本人に郵送します。",
                sources::MATSUDO,
            ));
        }
        NoticeForm::Sealed => {}
    }
    purpose.pins_unknown.then_some((
        "照会書兼回答書の暗証番号がカードと一致しないため、暗証番号の再設定を含む照会書を本人に郵送します。",
        sources::OMURA,
    ))
}

/// Where the two visits stand.
fn inquiry(
    standing: &mut Standing,
    facts: &CounterFacts,
    settings: &OfficeSettings,
    calendar: &Calendar,
    purpose: &Purpose,
) {
    let again = |standing: &mut Standing, sentence: &str| {
        standing.lacks(MissingCode::InquiryLetter, sentence, sources::KUNITACHI);
    };
    match facts.inquiry {
        None => {
            if settings.delegation == Delegation::Needed && !facts.delegation {
                standing.lacks(MissingCode::Delegation, "本人の委任状が必要です。", sources::OSAKASAYAMA);
            }
            standing.because(settings.first_contact_sentence(), sources::KASAOKA_PHONE);
            again(standing, "照会書を本人の住所に郵送します(転送不要)。");
        }
        Some(InquiryFacts { outdated: true, .. }) => {
            again(
                standing,
                "照会書の発送後に氏名や住所の異動がありました。新しい内容で照会書を送り直します。",
            );
        }
        Some(InquiryFacts { posted: None, .. }) => again(standing, "照会書がまだ発送されていません。"),
        Some(letter @ InquiryFacts { posted: Some(posted), .. }) => {
            let deadline = letter.deadline;
            match letter.reply {
                ReplyForm::None => standing.lacks(
                    MissingCode::Reply,
                    format!("本人が記入し封をした回答書が必要です(期限は{})。", wareki::long(deadline)),
                    sources::KUNITACHI,
                ),
                ReplyForm::Unusable => {
                    standing.lacks(
                        MissingCode::SealedEnvelope,
                        "封が開いている、記入がない、または本人の自署でない回答書は使えません。",
                        sources::MATSUDO,
                    );
                    again(standing, "照会書を送り直します。");
                }
                ReplyForm::Sealed => {
                    let last = facts
                        .certificates
                        .iter()
                        .filter(|found| purpose.certificates.contains(&found.kind))
                        .map(|found| found.expires)
                        .max()
                        .unwrap_or(deadline);
                    if !settings.takes_reply(facts.today, calendar.roll_over(deadline), last) {
                        again(standing, "回答書の期限を過ぎています。照会書を送り直します。");
                    } else if purpose.pins_unknown && !letter.asks_pin_reset {
                        again(
                            standing,
                            "暗証番号が一致しません。暗証番号の再設定を含む照会書を送り直します。",
                        );
                    } else {
                        standing.because(
                            format!("{}に発送した照会書の回答書があります。", wareki::long(posted)),
                            sources::KUNITACHI,
                        );
                        if purpose.procedure == Procedure::PinReset || letter.asks_pin_reset {
                            principal::principals_second(standing, facts);
                        }
                    }
                }
            }
        }
    }
}

/// A×1, or B×2 where the office takes them.
pub(super) fn own_documents(standing: &mut Standing, facts: &CounterFacts, settings: &OfficeSettings) {
    let (requirement, source) = match settings.proxy_identity {
        ProxyIdentity::PhotoOnly => (Requirement::OnePhoto, sources::KASAI),
        ProxyIdentity::TwoWithoutPhoto => (Requirement::OnePhotoOrTwoPlain, sources::KASAOKA),
    };
    let ask = DocumentsAsked {
        requirement,
        shown: facts.applicant_documents.as_deref(),
        whose: "代理人",
        of_principal: false,
        source,
    };
    standing.documents(&ask, facts.today);
}
