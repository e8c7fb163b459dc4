//! The papers that have a wording.

/// A paper whose words the office may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Paper {
    /// 有効期限通知書 with its one-visit reply form.
    Notice,
    /// 照会書兼回答書, first and again.
    Inquiry,
    /// 電子証明書 発行・更新申請書.
    Application,
    /// 暗証番号 変更・初期化申請書.
    PinApplication,
    /// 電子証明書の写し.
    CertificateCopy,
    /// 受付票.
    ReceptionSlip,
    /// 控え: what the resident should know after the procedure.
    Receipt,
    /// 封筒の宛名.
    Envelope,
    /// 窓口日報.
    DailyReport,
}

impl Paper {
    /// All of them, in the order people meet them.
    pub const ALL: [Self; 9] = [
        Self::Notice,
        Self::Inquiry,
        Self::Application,
        Self::PinApplication,
        Self::CertificateCopy,
        Self::ReceptionSlip,
        Self::Receipt,
        Self::Envelope,
        Self::DailyReport,
    ];

    /// Its name in addresses, files and the database; never changed once released.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Inquiry => "inquiry",
            Self::Application => "application",
            Self::PinApplication => "pin_application",
            Self::CertificateCopy => "certificate_copy",
            Self::ReceptionSlip => "reception_slip",
            Self::Receipt => "receipt",
            Self::Envelope => "envelope",
            Self::DailyReport => "daily_report",
        }
    }

    /// The paper with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.code() == code)
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Notice => "有効期限通知書",
            Self::Inquiry => "照会書兼回答書",
            Self::Application => "電子証明書 発行・更新申請書",
            Self::PinApplication => "暗証番号 変更・初期化申請書",
            Self::CertificateCopy => "電子証明書の写し",
            Self::ReceptionSlip => "受付票",
            Self::Receipt => "手続きの控え",
            Self::Envelope => "封筒の宛名",
            Self::DailyReport => "窓口日報",
        }
    }

    /// The text of the wording that ships with the program.
    pub const fn standard_text(self) -> &'static str {
        match self {
            Self::Notice => include_str!("../../templates/notice.txt"),
            Self::Inquiry => include_str!("../../templates/inquiry.txt"),
            Self::Application => include_str!("../../templates/application.txt"),
            Self::PinApplication => include_str!("../../templates/pin_application.txt"),
            Self::CertificateCopy => include_str!("../../templates/certificate_copy.txt"),
            Self::ReceptionSlip => include_str!("../../templates/reception_slip.txt"),
            Self::Receipt => include_str!("../../templates/receipt.txt"),
            Self::Envelope => include_str!("../../templates/envelope.txt"),
            Self::DailyReport => include_str!("../../templates/daily_report.txt"),
        }
    }
}
