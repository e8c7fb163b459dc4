//! Someone of the same household: the shortcut with a residence change on the same day (神戸市), and
//! the one town that treats a reset like the principal's (富士宮市).

use super::{Purpose, Standing, is_restricted, principal, proxy};
use crate::calendar::Calendar;
use crate::procedure::{CounterFacts, MissingCode, NoticeForm, Procedure, Route};
use crate::settings::{HouseholdReset, HouseholdSameDay, OfficeSettings};
use crate::sources;

pub(super) fn judge(
    facts: &CounterFacts,
    settings: &OfficeSettings,
    calendar: &Calendar,
    purpose: &Purpose,
) -> Standing {
    if purpose.procedure == Procedure::PinReset
        && settings.household_reset == HouseholdReset::AsPrincipal
        && !is_restricted(facts, settings.leap_birthday)
    {
        let mut standing = Standing::new(Route::OneVisit);
        standing.because("同一世帯の方による暗証番号の再設定を受け付けます。", sources::FUJINOMIYA);
        proxy::own_documents(&mut standing, facts, settings);
        principal::at_reset(&mut standing, facts, settings);
        return standing;
    }
    let shortcut = settings.household_same_day == HouseholdSameDay::Allowed
        && facts.residence_change_today
        && matches!(purpose.procedure, Procedure::Issuance | Procedure::Renewal)
        && !is_restricted(facts, settings.leap_birthday);
    if !shortcut {
        let mut standing = proxy::judge(facts, settings, calendar, purpose);
        if !facts.residence_change_today && settings.household_same_day == HouseholdSameDay::Allowed {
            standing.because("異動の届出と同時でないため、任意代理人と同じ手続きになります。", sources::KOBE);
        }
        return standing;
    }
    if purpose.pins_unknown {
        let mut standing = proxy::judge(facts, settings, calendar, purpose);
        standing.route = Route::TwoVisits;
        standing.because("暗証番号が一致しないため、文書照会に戻ります。", sources::ICHIKIKUSHIKINO);
        return standing;
    }
    let mut standing = Standing::new(Route::OneVisit);
    standing.because("異動の届出と同時のため、同一世帯の方が即日で手続きできます。", sources::KOBE);
    if !facts.delegation {
        standing.lacks(MissingCode::Delegation, "本人の委任状が必要です。", sources::KOBE);
    }
    if facts.notice_form != NoticeForm::Sealed {
        standing.lacks(
            MissingCode::SealedEnvelope,
            "本人が暗証番号を記入し、封をした封筒が必要です。",
            sources::KOBE,
        );
    }
    proxy::own_documents(&mut standing, facts, settings);
    standing
}
