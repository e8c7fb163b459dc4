//! What this office has decided where municipalities disagree. Every field is a row on the settings page.

mod choices;
mod describe;
mod guidance;

use serde::{Deserialize, Serialize};

pub use choices::*;
pub use describe::{Choice, SettingRow, SettingValue};

use crate::calendar::OfficeCalendar;
use crate::dates::LeapBirthday;
use crate::period::WindowStart;

/// The office's decisions, each with the default its sources speak for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeSettings {
    /// First day on which a renewal is taken in (item 1).
    pub window_start: WindowStart,
    /// How paper explains the new last day (item 2).
    pub expiry_wording: ExpiryWording,
    /// Prediction of the signature certificate's last day (item 3).
    pub signature_cap: SignatureCap,
    /// Signature certificate for under-15s and wards (item 4).
    pub signature_for_restricted: SignatureForRestricted,
    /// Legal representative alone (item 5).
    pub representative_visit: RepresentativeVisit,
    /// First contact of a proxy (item 6).
    pub first_proxy_contact: FirstProxyContact,
    /// 委任状 at visit 1 (item 7).
    pub delegation: Delegation,
    /// A proxy's documents (item 8).
    pub proxy_identity: ProxyIdentity,
    /// A legal representative's documents (item 8).
    pub representative_identity: RepresentativeIdentity,
    /// The principal's documents at a PIN reset (item 9).
    pub reset_identity: ResetIdentity,
    /// Proxy after expiry (item 10).
    pub expired_with_proxy: ExpiredWithProxy,
    /// Household member with a residence change (item 11).
    pub household_same_day: HouseholdSameDay,
    /// Household member at a PIN reset (item 12).
    pub household_reset: HouseholdReset,
    /// Health-insurance grace (item 13).
    pub insurance_grace: InsuranceGrace,
    /// Convenience stores after a renewal (item 14).
    pub convenience_store: ConvenienceStore,
    /// Expiry on the card's face (item 15).
    pub card_face_expiry: CardFaceExpiry,
    /// When notices go out (item 16).
    pub notice_timing: NoticeTiming,
    /// Days, hours and the monthly stop (item 17).
    pub calendar: OfficeCalendar,
    /// Fees (item 18).
    pub fees: Fees,
    /// Peak used for staffing (item 19).
    pub renewal_peak: RenewalPeak,
    /// What is said about renewing by smartphone (item 20).
    pub online_renewal: OnlineRenewal,
    /// Birthday of those born on 29 February.
    pub leap_birthday: LeapBirthday,
    /// Whom notices go to.
    pub notices_to: NoticesTo,
    /// Notices to people with a 居所登録.
    pub notices_elsewhere: NoticesElsewhere,
    /// Who releases a campaign's list.
    pub notice_release: NoticeRelease,
    /// A reply after its deadline.
    pub late_reply: LateReply,
    /// Days and ages of documents.
    pub deadlines: Deadlines,
    /// Statistics by clerk.
    pub clerk_statistics: ClerkStatistics,
}

/// Fees in yen (item 18; 葛城市, 八代市: a lost card costs 800 and its certificates 200).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fees {
    /// Renewal of certificates.
    pub renewal: u16,
    /// Issuance after expiry or revocation.
    pub issuance: u16,
    /// A new card for a lost one.
    pub lost_card: u16,
    /// The certificates of a new card for a lost one.
    pub lost_card_certificates: u16,
}

impl Default for Fees {
    fn default() -> Self {
        Self { renewal: 0, issuance: 0, lost_card: 800, lost_card_certificates: 200 }
    }
}

/// Spans the office sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deadlines {
    /// Days a 照会書兼回答書 may take, counted from posting; never beyond the card's last day.
    pub reply_days: u16,
    /// Months a proof of representation stays fresh (上尾市, 富士宮市, 波佐見町, 東松山市).
    pub proof_months: u16,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { reply_days: 30, proof_months: 3 }
    }
}

macro_rules! first_is_default {
    ($($name:ty => $variant:ident,)+) => {
        $(impl Default for $name {
            fn default() -> Self { Self::$variant }
        })+
    };
}

first_is_default! {
    WindowStart => DayAfter,
    ExpiryWording => ByMoment,
    SignatureCap => ByAuthentication,
    SignatureForRestricted => Never,
    RepresentativeVisit => Alone,
    FirstProxyContact => Visit,
    Delegation => NotNeeded,
    ProxyIdentity => PhotoOnly,
    RepresentativeIdentity => TwoAtReset,
    ResetIdentity => OneMore,
    ExpiredWithProxy => TwoVisits,
    HouseholdSameDay => Allowed,
    HouseholdReset => AsProxy,
    InsuranceGrace => NoDate,
    ConvenienceStore => OneDay,
    CardFaceExpiry => OnRequest,
    NoticeTiming => ThreeMonths,
    RenewalPeak => Fiscal2025,
    OnlineRenewal => NotPossible,
    LeapBirthday => February28,
    NoticesTo => Everyone,
    NoticesElsewhere => Send,
    NoticeRelease => SecondPerson,
    LateReply => Refuse,
    ClerkStatistics => Hidden,
}
