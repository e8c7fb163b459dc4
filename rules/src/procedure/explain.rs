//! The sentences a clerk reads out about certificates.

use super::certificates::{Case, Standing};
use super::{Decision, Missing, MissingCode, PlannedCertificate, Procedure, Reason, Route};
use crate::kinds::CertificateKind;
use crate::{applicants, sources, wareki};

/// One sentence for each certificate: where it stands, and its new last day.
pub(super) fn certificates(decision: &mut Decision, case: &Case<'_>, planned: &[PlannedCertificate]) {
    for certificate in planned {
        let name = certificate.kind.label();
        let new = wareki::long(certificate.new_expiry);
        let (sentence, source) = match (case.standing(certificate.kind), certificate.old_expiry) {
            (Standing::Inside(period), _) => (
                format!(
                    "{name}は更新期間内です({}から{}まで)。新しい有効期限は{new}です。",
                    wareki::long(period.from),
                    wareki::long(period.until)
                ),
                sources::NERIMA,
            ),
            (Standing::Before(period), _) => (
                format!(
                    "{name}の更新期間は{}からです(あと{}日)。今日更新すると、新しい有効期限は{new}です。",
                    wareki::long(period.from),
                    (period.from - case.facts.today).num_days()
                ),
                sources::NERIMA,
            ),
            (Standing::Expired, Some(old)) => (
                format!(
                    "{name}は{}に満了しています。発行の手続きになり、有効期限は{new}です。",
                    wareki::long(old)
                ),
                sources::EDOGAWA,
            ),
            (Standing::Revoked, _) => {
                (format!("{name}は失効しています。発行すると、有効期限は{new}です。"), sources::SUGINAMI)
            }
            (Standing::Suspended, _) => (format!("{name}は一時停止中です。"), sources::KATSURAGI),
            (Standing::Absent | Standing::Expired, _) => {
                (format!("{name}を新しく発行します。有効期限は{new}です。"), sources::ORDINANCE)
            }
        };
        decision.reasons.push(Reason::new(sentence, source));
    }
}

/// 「1年短くなります」 with both dates, and the consent it needs.
pub(super) fn shorter(decision: &mut Decision, consent: bool) {
    for loss in decision.shorter.clone() {
        let sentence = format!(
            "今日更新すると、{}の有効期限は{}になり、{}短くなります({}以降に更新すれば{})。",
            loss.kind.label(),
            wareki::long(loss.today),
            span(loss.today, loss.in_period),
            wareki::long(loss.from),
            wareki::long(loss.in_period),
        );
        decision.reasons.push(Reason::new(sentence, sources::EDOGAWA));
    }
    if !decision.shorter.is_empty() && !consent && decision.route != Route::Refused {
        decision.missing.push(Missing::new(
            MissingCode::Consent,
            "有効期間が短くなることについて、本人の同意と理由の記録が必要です。",
            sources::EDOGAWA,
        ));
    }
}

fn span(short: chrono::NaiveDate, long: chrono::NaiveDate) -> String {
    match long.years_since(short) {
        Some(years) if years > 0 => format!("{years}年"),
        _ => format!("{}日", (long - short).num_days()),
    }
}

/// What it costs, where it costs something (新見市, 福知山市: 200 yen; elsewhere nothing).
pub(super) fn fee(decision: &mut Decision, case: &Case<'_>) {
    decision.fee = match decision.procedure {
        Procedure::Renewal => case.settings.fees.renewal,
        _ => case.settings.fees.issuance,
    };
    if decision.fee > 0 {
        decision.bring.push(Reason::new(format!("手数料{}円がかかります。", decision.fee), sources::OFFICE));
    }
}

/// What a new card for a lost one costs (葛城市, 八代市, 松伏町: 800 and 200 yen); a full or broken one is
/// replaced free of charge (足利市).
pub(super) fn lost_card(decision: &mut Decision, case: &Case<'_>) {
    let fees = case.settings.fees;
    let (card, certificates) = (u32::from(fees.lost_card), u32::from(fees.lost_card_certificates));
    let sentence = match card + certificates {
        0 => "紛失による再交付に、手数料はかかりません。".to_owned(),
        sum => format!(
            "紛失による再交付の手数料は、カードが{card}円、電子証明書が{certificates}円、あわせて{sum}円です。"
        ),
    };
    decision.bring.push(Reason::new(sentence, sources::KATSURAGI));
}

/// Why a signature certificate that has ended is not written.
pub(super) fn omitted_signature(decision: &mut Decision, case: &Case<'_>) {
    let kind = CertificateKind::Signature;
    let ended = case.standing(kind) != Standing::Absent;
    let omitted = decision.certificates.iter().all(|certificate| certificate.kind != kind);
    if ended
        && omitted
        && let Some(block) = applicants::signature_block(case.facts, case.settings)
    {
        decision.warnings.push(Reason::new(block.sentence, block.source));
    }
}
