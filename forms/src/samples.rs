//! A made-up sheet of each paper: for the preview beside the wording that is being changed, for checking that the
//! words fit, and for tests. The people are 見本 people; nobody is called that.

use chrono::NaiveDate;
use rules::kinds::{Applicant, CertificateKind, PinKind, Sex};

use crate::application::{Application, AppliedCertificate, Purpose, Representative};
use crate::certificate_copy::{CertificateCopy, CopiedCertificate};
use crate::daily_report::{DailyReport, ReportCase, ReportCheckpoint, ReportCount, ReportExplanation};
use crate::envelope::Envelope;
use crate::inquiry::{InquiredProcedure, InquiryKind, InquiryLetter, InquiryProxy};
use crate::notice::{NoticeCertificate, NoticeFees, NoticeLetter};
use crate::pin_application::{PinAction, PinApplication, PinRequest};
use crate::receipt::{Receipt, ReceiptLine};
use crate::reception_slip::ReceptionSlip;
use crate::{Addressee, Fonts, FormError, OfficeText, Paper, PrintOptions, Printed};

/// A name with a variation sequence of the Moji_Joho collection.
pub const NAME: &str = "渡邉\u{E0111} 花子";
const ADDRESS: &str = "東京都見本区赤羽一丁目23番4-506号";
const BUILDING: &str = "見本ハイツ赤羽";
const RECEPTION: &str = "R8-000123";

/// One usual sheet of a paper, as a preview shows it.
///
/// # Errors
/// As the paper's own `print`.
pub fn print(
    paper: Paper,
    office: &OfficeText,
    fonts: &Fonts,
    options: &PrintOptions,
) -> Result<Printed, FormError> {
    let office = office.clone();
    match paper {
        Paper::Notice => crate::notice::print(&[notice(office)], fonts, options),
        Paper::Inquiry => crate::inquiry::print(&inquiry(office), fonts, options),
        Paper::Application => crate::application::print(&application(office), fonts, options),
        Paper::PinApplication => crate::pin_application::print(&pin_application(office), fonts, options),
        Paper::CertificateCopy => crate::certificate_copy::print(&certificate_copy(office), fonts, options),
        Paper::ReceptionSlip => crate::reception_slip::print(&reception_slip(office), fonts, options),
        Paper::Receipt => crate::receipt::print(&receipt(office), fonts, options),
        Paper::Envelope => crate::envelope::print(&[envelope(office)], fonts, options),
        Paper::DailyReport => crate::daily_report::print(&daily_report(office), fonts, options),
    }
}

/// Sheets that between them show every section of a paper's wording, at its fullest.
///
/// # Errors
/// As the paper's own `print`.
pub fn every_kind(
    paper: Paper,
    office: &OfficeText,
    fonts: &Fonts,
    options: &PrintOptions,
) -> Result<Vec<Printed>, FormError> {
    let usual = print(paper, office, fonts, options)?;
    let office = office.clone();
    let other = match paper {
        Paper::Notice => {
            let fees = NoticeFees { renewal: 200, issuance: 200 };
            let paid = NoticeLetter { fees, ..notice(office.clone()) };
            let face = NoticeLetter { face_only: true, reply_form: false, ..notice(office) };
            crate::notice::print(&[paid, face], fonts, options)?
        }
        Paper::Inquiry => crate::inquiry::print(&re_inquiry(office), fonts, options)?,
        Paper::Application => crate::application::print(&full_application(office), fonts, options)?,
        Paper::PinApplication => {
            let full = full_application(office.clone());
            let form = PinApplication {
                other_name: full.other_name,
                applicant: full.applicant,
                representative: full.representative,
                ..pin_application(office)
            };
            crate::pin_application::print(&form, fonts, options)?
        }
        _ => return Ok(vec![usual]),
    };
    Ok(vec![usual, other])
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn addressee() -> Addressee {
    Addressee {
        name: NAME.to_owned(),
        postal_code: "115-0045".to_owned(),
        address: ADDRESS.to_owned(),
        building: Some(BUILDING.to_owned()),
    }
}

fn whole_address() -> String {
    format!("{ADDRESS} {BUILDING}")
}

/// A notice with its reply form.
pub fn notice(office: OfficeText) -> NoticeLetter {
    let certificate = |kind| NoticeCertificate {
        kind,
        expires: day(2027, 1, 10),
        renewal_from: day(2026, 10, 11),
        last_open_day: Some(day(2027, 1, 8)),
    };
    NoticeLetter {
        number: 123,
        token: crate::code::token(*b"made-up notice 1"),
        addressee: addressee(),
        certificates: vec![
            certificate(CertificateKind::Signature),
            certificate(CertificateKind::Authentication),
        ],
        office,
        issued: day(2026, 11, 22),
        face_only: false,
        fees: NoticeFees::default(),
        reply_form: true,
        wording: None,
    }
}

/// A first inquiry about a renewal.
pub fn inquiry(office: OfficeText) -> InquiryLetter {
    InquiryLetter {
        number: 124,
        token: crate::code::token(*b"made-up inquiry1"),
        kind: InquiryKind::First,
        addressee: addressee(),
        birth: day(1980, 10, 10),
        reception_number: RECEPTION.to_owned(),
        applied: day(2026, 11, 20),
        proxy: Some(InquiryProxy { name: "見本 一郎".to_owned(), relation: "長男".to_owned() }),
        procedures: vec![
            InquiredProcedure::Issuance(CertificateKind::Signature),
            InquiredProcedure::Renewal(CertificateKind::Authentication),
        ],
        pins: vec![PinKind::Signature, PinKind::Authentication, PinKind::ResidentRegister],
        deadline: day(2026, 12, 22),
        issued: day(2026, 11, 22),
        office,
        wording: None,
    }
}

/// A second inquiry that resets every PIN.
pub fn re_inquiry(office: OfficeText) -> InquiryLetter {
    let mut procedures = vec![InquiredProcedure::Renewal(CertificateKind::Signature)];
    procedures.push(InquiredProcedure::Renewal(CertificateKind::Authentication));
    procedures.extend(PinKind::ALL.iter().map(|pin| InquiredProcedure::PinReset(*pin)));
    InquiryLetter { kind: InquiryKind::Again, procedures, pins: PinKind::ALL.to_vec(), ..inquiry(office) }
}

/// An application by the principal.
pub fn application(office: OfficeText) -> Application {
    let applied = |kind| AppliedCertificate { kind, new_expiry: Some(day(2031, 10, 10)) };
    Application {
        reception_number: RECEPTION.to_owned(),
        applied: day(2026, 11, 24),
        purpose: Purpose::Renewal,
        certificates: vec![applied(CertificateKind::Signature), applied(CertificateKind::Authentication)],
        name: NAME.to_owned(),
        other_name: None,
        address: whole_address(),
        birth: day(1980, 10, 10),
        sex: Sex::Female,
        applicant: Applicant::Principal,
        representative: None,
        shortened: false,
        office,
    }
}

/// As long as an application gets: an old surname, a legal representative, consent to a shorter validity.
pub fn full_application(office: OfficeText) -> Application {
    Application {
        other_name: Some("見本".to_owned()),
        applicant: Applicant::LegalRepresentative,
        representative: Some(Representative {
            name: "渡邉\u{E0111} 一郎".to_owned(),
            address: whole_address(),
            relation: "親権者".to_owned(),
        }),
        shortened: true,
        ..application(office)
    }
}

/// A reset of one PIN and a change of another.
pub fn pin_application(office: OfficeText) -> PinApplication {
    let Application { reception_number, applied, name, other_name, address, birth, sex, applicant, .. } =
        application(office.clone());
    let request = |kind, action| PinRequest { kind, action };
    PinApplication {
        reception_number,
        applied,
        pins: vec![
            request(PinKind::Signature, PinAction::Reset),
            request(PinKind::Authentication, PinAction::Change),
        ],
        name,
        other_name,
        address,
        birth,
        sex,
        applicant,
        representative: None,
        office,
    }
}

/// A copy of two certificates.
pub fn certificate_copy(office: OfficeText) -> CertificateCopy {
    let copied = |kind, serial: &str| CopiedCertificate {
        kind,
        serial: serial.to_owned(),
        issued: day(2026, 11, 24),
        expires: day(2031, 10, 10),
    };
    CertificateCopy {
        reception_number: RECEPTION.to_owned(),
        issued: day(2026, 11, 24),
        name: NAME.to_owned(),
        other_name: None,
        address: whole_address(),
        birth: day(1980, 10, 10),
        sex: Sex::Female,
        card_expires: Some(day(2031, 10, 10)),
        certificates: vec![
            copied(CertificateKind::Signature, "0154 7A3C"),
            copied(CertificateKind::Authentication, "0154 7A3D"),
        ],
        office,
    }
}

/// A slip for somebody who waits for an inquiry's reply.
pub fn reception_slip(office: OfficeText) -> ReceptionSlip {
    ReceptionSlip {
        reception_number: RECEPTION.to_owned(),
        received: day(2026, 11, 20),
        procedure: "電子証明書の更新(代理の方)".to_owned(),
        next: "ご本人に照会書を送ります。ご本人が回答書を書いて封をしたら、もう一度お越しください。"
            .to_owned(),
        until: Some(day(2026, 12, 22)),
        bring: vec![
            "ご本人のマイナンバーカード".to_owned(),
            "封をした回答書".to_owned(),
            "来る方の本人確認書類(顔写真のあるもの)".to_owned(),
        ],
        office,
    }
}

/// A receipt for a renewal.
pub fn receipt(office: OfficeText) -> Receipt {
    let until = |kind: CertificateKind| ReceiptLine {
        label: kind.label().to_owned(),
        text: "令和13年10月10日まで".to_owned(),
    };
    Receipt {
        reception_number: RECEPTION.to_owned(),
        issued: day(2026, 11, 24),
        name: NAME.to_owned(),
        procedure: "電子証明書の更新".to_owned(),
        results: vec![until(CertificateKind::Signature), until(CertificateKind::Authentication)],
        certificates: CertificateKind::ALL.to_vec(),
        still_to_do: vec![
            "コンビニで戸籍の証明書をとる方は、もう一度、本籍地の利用登録をしてください。".to_owned(),
        ],
        office,
    }
}

/// An envelope.
pub fn envelope(office: OfficeText) -> Envelope {
    Envelope { addressee: addressee(), office }
}

/// A day of fifty cases.
pub fn daily_report(office: OfficeText) -> DailyReport {
    let count = |label: &str, count| ReportCount { label: label.to_owned(), count };
    let case = |n: u32| ReportCase {
        reception_number: format!("R8-{:06}", 100 + n),
        time: format!("{}:{:02}", 9 + n / 8, n * 7 % 60),
        procedure: ["電子証明書の更新", "電子証明書の発行", "暗証番号の初期化"][n as usize % 3].to_owned(),
        applicant: Applicant::ALL[n as usize % 4].label().to_owned(),
        state: ["完了", "回答待ち", "完了", "中断"][n as usize % 4].to_owned(),
        staff: "佐藤".to_owned(),
    };
    DailyReport {
        day: day(2026, 11, 24),
        counts: vec![
            count("受付", 50),
            count("更新 完了", 31),
            count("発行 完了", 6),
            count("暗証番号の初期化 完了", 9),
            count("照会書の発送", 4),
            count("回答書の受領", 3),
        ],
        explanations: vec![ReportExplanation {
            what: "受付番号R8-000098のカードの更新は、中断したままです。".to_owned(),
            why: "停電のため。カードは本人が持ち帰り、明日9時に来庁する。".to_owned(),
        }],
        checkpoint: Some(ReportCheckpoint {
            records: 1234,
            head: "5a".repeat(32),
            number: "第3号".to_owned(),
            signature: "0f1e 2d3c 4b5a 6978".to_owned(),
        }),
        edition: 1,
        cases: (0..50).map(case).collect(),
        made_by: "佐藤 令和8年11月24日 17:20".to_owned(),
        office,
    }
}
