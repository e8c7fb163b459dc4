//! The closed lists the whole house speaks of. Codes equal the CHECK values of the schema.

code_enum! {
    /// The two certificates on the card (公的個人認証法3条・22条).
    CertificateKind {
        /// Signs documents; lapses when name, address, sex or birth date change.
        Signature = "signature" "署名用電子証明書",
        /// Proves who is at the other end; survives a change of address.
        Authentication = "authentication" "利用者証明用電子証明書",
    }
}

impl CertificateKind {
    /// The PIN that guards this certificate's key.
    pub const fn pin(self) -> PinKind {
        match self {
            Self::Signature => PinKind::Signature,
            Self::Authentication => PinKind::Authentication,
        }
    }
}

code_enum! {
    /// The four PINs of the card (名取市, 豊川市). Data, not code: the next card has two.
    PinKind {
        /// 6 to 16 upper-case letters and digits.
        Signature = "signature" "署名用電子証明書暗証番号",
        /// 4 digits.
        Authentication = "authentication" "利用者証明用電子証明書暗証番号",
        /// 4 digits, of the resident-register application.
        ResidentRegister = "resident_register" "住民基本台帳用暗証番号",
        /// 4 digits, of the card-entry application; not needed at a renewal.
        CardEntry = "card_entry" "券面事項入力補助用暗証番号",
    }
}

code_enum! {
    /// Who stands at the window.
    Applicant {
        /// The card's holder.
        Principal = "principal" "本人",
        /// Parent of a minor, guardian, curator with the power.
        LegalRepresentative = "legal_representative" "法定代理人",
        /// Anyone the principal entrusts.
        Proxy = "proxy" "任意代理人",
        /// Someone of the same household.
        HouseholdMember = "household_member" "同一世帯員",
    }
}

code_enum! {
    /// Sex as the resident register holds it.
    Sex {
        /// Male.
        Male = "male" "男",
        /// Female.
        Female = "female" "女",
        /// Anything else the file says.
        Other = "other" "その他",
    }
}

code_enum! {
    /// 住民種別.
    ResidentKind {
        /// Japanese national.
        Japanese = "japanese" "日本人住民",
        /// Foreign resident.
        Foreign = "foreign" "外国人住民",
    }
}

code_enum! {
    /// What card it is (since 2026-06-14 the residence card may be one too: 出入国在留管理庁).
    CardKind {
        /// マイナンバーカード.
        Individual = "individual" "個人番号カード",
        /// 特定在留カード.
        SpecifiedResidence = "specified_residence" "特定在留カード",
    }
}

code_enum! {
    /// The card's state of operation (運用状況).
    CardStatus {
        /// In use.
        Active = "active" "運用中",
        /// 一時停止 by the 24-hour telephone line.
        Suspended = "suspended" "一時停止",
        /// 廃止: returned, lost, expired, not continued.
        Abolished = "abolished" "廃止",
    }
}

code_enum! {
    /// A certificate's state; 期間満了 follows from its date and isn't one of these.
    CertificateStatus {
        /// 有効 (until its expiry day).
        Valid = "valid" "有効",
        /// 一時停止 with its card.
        Suspended = "suspended" "一時停止",
        /// 失効.
        Revoked = "revoked" "失効",
    }
}

code_enum! {
    /// What the resident register last said about the person.
    ResidentStatus {
        /// Registered here.
        Resident = "resident" "住民登録あり",
        /// 転出.
        MovedOut = "moved_out" "転出",
        /// 国外転出.
        MovedAbroad = "moved_abroad" "国外転出",
        /// 死亡.
        Dead = "dead" "死亡",
        /// 職権消除 and the like.
        Deleted = "deleted" "消除",
    }
}

code_enum! {
    /// What a member of staff may do.
    Role {
        /// 窓口職員.
        Clerk = "clerk" "窓口",
        /// 責任者: releases suppression, overrides with a reason.
        Supervisor = "supervisor" "責任者",
        /// 後方事務: letters, imports.
        BackOffice = "back_office" "後方事務",
        /// 監査: reads the trail, changes nothing.
        Auditor = "auditor" "監査",
        /// システム管理: settings and accounts.
        Administrator = "administrator" "管理者",
    }
}
