//! The documents and their classes.

code_enum! {
    /// How much a document proves.
    Class {
        /// Photo, issued by an authority: one is enough.
        A = "a" "A(顔写真付き)",
        /// Name with birth date or address.
        B = "b" "B(写真なし)",
        /// 顔写真証明書: with two of B, for principals only (志布志市).
        FacePhoto = "face_photo" "顔写真証明書",
    }
}

code_enum! {
    /// The documents people bring.
    Document {
        /// 運転免許証.
        DrivingLicence = "driving_licence" "運転免許証",
        /// 運転経歴証明書, class A only when issued on or after 2012-04-01.
        DrivingRecord = "driving_record" "運転経歴証明書",
        /// 旅券.
        Passport = "passport" "旅券(パスポート)",
        /// マイナンバーカード.
        IndividualNumberCard = "individual_number_card" "マイナンバーカード",
        /// 住民基本台帳カード with photo.
        RegisterCardWithPhoto = "register_card_with_photo" "住民基本台帳カード(顔写真付き)",
        /// 身体障害者手帳.
        DisabilityHandbook = "disability_handbook" "身体障害者手帳",
        /// 精神障害者保健福祉手帳.
        MentalHealthHandbook = "mental_health_handbook" "精神障害者保健福祉手帳",
        /// 療育手帳.
        RehabilitationHandbook = "rehabilitation_handbook" "療育手帳",
        /// 在留カード.
        ResidenceCard = "residence_card" "在留カード",
        /// 特定在留カード, since 2026-06-14.
        SpecifiedResidenceCard = "specified_residence_card" "特定在留カード",
        /// 特別永住者証明書.
        SpecialPermanentResident = "special_permanent_resident" "特別永住者証明書",
        /// 一時庇護許可書.
        TemporaryRefuge = "temporary_refuge" "一時庇護許可書",
        /// 仮滞在許可書.
        ProvisionalStay = "provisional_stay" "仮滞在許可書",
        /// 資格確認書.
        EligibilityCertificate = "eligibility_certificate" "資格確認書",
        /// 健康保険証: none issued since 2024-12-02.
        InsuranceCard = "insurance_card" "健康保険証",
        /// 介護保険証.
        CareInsuranceCard = "care_insurance_card" "介護保険証",
        /// 年金手帳, 年金証書.
        PensionBook = "pension_book" "年金手帳・年金証書",
        /// 学生証.
        StudentCard = "student_card" "学生証",
        /// 社員証.
        EmployeeCard = "employee_card" "社員証",
        /// こども医療受給者証.
        ChildMedicalCard = "child_medical_card" "こども医療費受給者証",
        /// 診察券.
        PatientCard = "patient_card" "診察券",
        /// 預金通帳.
        BankBook = "bank_book" "預金通帳",
        /// 顔写真証明書 by a hospital or facility.
        FacePhotoCertificate = "face_photo_certificate" "顔写真証明書",
    }
}

impl Document {
    /// Its class by the list; [`super::class_on`] also looks at its dates.
    pub const fn class(self) -> Class {
        match self {
            Self::DrivingLicence
            | Self::DrivingRecord
            | Self::Passport
            | Self::IndividualNumberCard
            | Self::RegisterCardWithPhoto
            | Self::DisabilityHandbook
            | Self::MentalHealthHandbook
            | Self::RehabilitationHandbook
            | Self::ResidenceCard
            | Self::SpecifiedResidenceCard
            | Self::SpecialPermanentResident
            | Self::TemporaryRefuge
            | Self::ProvisionalStay => Class::A,
            Self::EligibilityCertificate
            | Self::InsuranceCard
            | Self::CareInsuranceCard
            | Self::PensionBook
            | Self::StudentCard
            | Self::EmployeeCard
            | Self::ChildMedicalCard
            | Self::PatientCard
            | Self::BankBook => Class::B,
            Self::FacePhotoCertificate => Class::FacePhoto,
        }
    }
}
