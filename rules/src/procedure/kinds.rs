//! The closed lists of the counter's work.

code_enum! {
    /// What the counter does.
    Procedure {
        /// Inside the renewal period, a valid certificate is replaced.
        Renewal = "renewal" "更新",
        /// A certificate is written where none is valid.
        Issuance = "issuance" "発行",
        /// The card itself is due: application through J-LIS.
        CardRenewal = "card_renewal" "カードの更新",
        /// Lost, damaged, lapsed or full card: a new one.
        CardReissue = "card_reissue" "カードの再交付",
        /// Forgotten or locked PIN.
        PinReset = "pin_reset" "暗証番号の初期化・再設定",
        /// Known PIN.
        PinChange = "pin_change" "暗証番号の変更",
        /// The holder asks for revocation.
        Revocation = "revocation" "失効",
        /// A stopped card goes on.
        LiftSuspension = "lift_suspension" "一時停止解除",
        /// Whether the certificates are valid, told to who may know.
        ValidityCheck = "validity_check" "有効性の確認",
        /// The certificates' last day written on the card's face (野々市市, 志賀町, 藤井寺市).
        CardFaceEntry = "card_face_entry" "券面への有効期限の記入",
        /// Another municipality's or nobody's.
        OutOfJurisdiction = "out_of_jurisdiction" "管轄外",
        /// Nothing can be done, or need be.
        Nothing = "nothing" "手続なし",
    }
}

code_enum! {
    /// How the procedure goes.
    Route {
        /// Done today.
        OneVisit = "one_visit" "即日(1回の来庁)",
        /// 文書照会方式.
        TwoVisits = "two_visits" "文書照会(2回の来庁)",
        /// Not possible.
        Refused = "refused" "受け付けられません",
        /// Another procedure is the right one.
        Diverted = "diverted" "ほかの手続きへご案内",
    }
}

code_enum! {
    /// Documents and steps that can be missing.
    MissingCode {
        /// The principal must come.
        Principal = "principal" "本人の来庁",
        /// A legal representative must come.
        LegalRepresentative = "legal_representative" "法定代理人の来庁",
        /// 戸籍謄本, 登記事項証明書.
        RepresentationProof = "representation_proof" "代理権を証する書類",
        /// 代理行為目録.
        ListOfPowers = "list_of_powers" "代理行為目録の記載",
        /// Own documents of whoever stands at the window.
        ApplicantIdentity = "applicant_identity" "来庁者の本人確認書類",
        /// The principal's documents beside the card.
        PrincipalIdentity = "principal_identity" "本人の本人確認書類",
        /// The notice's form in its sealed envelope, or a sealed reply.
        SealedEnvelope = "sealed_envelope" "封をした照会書兼回答書",
        /// 照会書 to be posted to the principal.
        InquiryLetter = "inquiry_letter" "照会書の送付",
        /// The principal's reply.
        Reply = "reply" "回答書の到着",
        /// 委任状.
        Delegation = "delegation" "委任状",
        /// A forgotten or locked PIN is set anew first.
        PinReset = "pin_reset" "暗証番号の再設定",
        /// A year less: the principal's consent.
        Consent = "consent" "有効期間が短くなることの同意",
        /// The stop on the card is lifted first.
        LiftSuspension = "lift_suspension" "一時停止の解除",
        /// The residence change of the same day.
        ResidenceChange = "residence_change" "同時に行う異動の届出",
        /// A question to the office beforehand, or a supervisor.
        SupervisorApproval = "supervisor_approval" "責任者の承認",
        /// A day on which the national systems work.
        CardWorkDay = "card_work_day" "電子証明書の手続きができる日",
    }
}
