//! Papers of a case beside the copy of the certificates: the slip, the applications filled in, the receipt.

use crate::audit::{self, Entry, Kind};
use crate::counter::case::{self, Case, Work};
use crate::counter::decision::{self, Decided};
use crate::counter::facts::full_address;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use forms::application::{self, Application, AppliedCertificate, Purpose, Representative};
use forms::pin_application::{self, PinAction, PinApplication, PinRequest};
use forms::receipt::{self, Receipt, ReceiptLine};
use forms::reception_slip::{self, ReceptionSlip};
use forms::{Fonts, FormError, Paper, PrintOptions, Printed};
use rules::case_states::CaseState;
use rules::procedure::Procedure;
use rules::wareki;

/// The papers of a case that one address each prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CasePaper {
    /// 受付票.
    Slip,
    /// 電子証明書 発行・更新申請書.
    Application,
    /// 暗証番号 変更・初期化申請書.
    PinApplication,
    /// 控え.
    Receipt,
}

impl CasePaper {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Slip, Self::Application, Self::PinApplication, Self::Receipt];

    /// The paper's name in the address: `/cases/{reception}/{name}.pdf`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::Application => "application",
            Self::PinApplication => "pin-application",
            Self::Receipt => "receipt",
        }
    }

    /// The link's words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Slip => "受付票を印刷する",
            Self::Application => "申請書を印刷する",
            Self::PinApplication => "暗証番号の申請書を印刷する",
            Self::Receipt => "控えを印刷する",
        }
    }

    /// Whether the case has this paper now.
    pub fn has(self, case: &Case) -> bool {
        let work = &case.facts.work;
        let finished = matches!(case.state, CaseState::Updated | CaseState::Differs | CaseState::Closed);
        match self {
            Self::Slip => !case.state.is_final(),
            Self::Application => {
                matches!(case.procedure, Procedure::Renewal | Procedure::Issuance | Procedure::LiftSuspension)
            }
            Self::PinApplication => !work.reset.is_empty() || !work.change.is_empty(),
            Self::Receipt => finished && case.facts.has_done_something(),
        }
    }
}

/// A paper with all that it says, ready for a thread that prints.
enum Content {
    Slip(ReceptionSlip),
    Application(Application),
    PinApplication(PinApplication),
    Receipt(Receipt),
}

impl Content {
    fn paper(&self) -> Paper {
        match self {
            Self::Slip(_) => Paper::ReceptionSlip,
            Self::Application(_) => Paper::Application,
            Self::PinApplication(_) => Paper::PinApplication,
            Self::Receipt(_) => Paper::Receipt,
        }
    }

    fn print(&self, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
        match self {
            Self::Slip(slip) => reception_slip::print(slip, fonts, options),
            Self::Application(form) => application::print(form, fonts, options),
            Self::PinApplication(form) => pin_application::print(form, fonts, options),
            Self::Receipt(receipt) => receipt::print(receipt, fonts, options),
        }
    }
}

/// Prints one; that it was printed stands in the trail.
///
/// # Errors
/// A refusal when the case has no such paper now, or a font isn't installed.
pub async fn print(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    wanted: CasePaper,
) -> Result<Vec<u8>> {
    visitor.require(Act::HandleCases)?;
    let case = case::load(office, reception).await?;
    super::guard_suppressed(office, visitor, &case).await?;
    if !wanted.has(&case) {
        let sentence = "この受付には、いまその用紙はありません。";
        return Err(Refusal::conflict(sentence, "受付の画面にある用紙から選んでください。").into());
    }
    let decided = decision::of_case(office, &case, None).await?;
    let content = match wanted {
        CasePaper::Slip => Content::Slip(slip(office, &case)),
        CasePaper::Application => Content::Application(applied(office, &case, &decided)),
        CasePaper::PinApplication => Content::PinApplication(pins_applied(office, &case, &decided)),
        CasePaper::Receipt => Content::Receipt(received(office, &case, &decided)),
    };
    let options = paper::options(office, content.paper()).await?;
    let fonts = office.fonts().await?;
    let name = content.paper().label();
    let printed = tokio::task::spawn_blocking(move || content.print(&fonts, &options)).await?;
    let printed = printed.map_err(Error::internal)?;
    let mut tx = office.store().write().await?;
    let sentence = format!("{reception}: {name}を印刷しました。");
    let entry = Entry::done(Kind::Printed, visitor, sentence).about(&case.row.resident_number);
    let entry = entry.with(case.counterparty()).in_case(case.row.id).object(wanted.name());
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(printed.pdf)
}

fn slip(office: &Office, case: &Case) -> ReceptionSlip {
    let inquiry = case.facts.inquiry.as_ref();
    let (next, bring) = match (case.state, inquiry) {
        (state, Some(_)) if state.is_inquiry() => (
            "本人の住所に照会書をお送りします。本人が記入し、封をした回答書を、代理の方がお持ちください。",
            vec!["封をした回答書", "本人のマイナンバーカード", "代理の方の本人確認書類"],
        ),
        (CaseState::Interrupted, _) => {
            ("手続きが途中です。カードを持ってもう一度おいでください。", vec!["マイナンバーカード"])
        }
        _ => ("受付番号でお呼びします。", Vec::new()),
    };
    ReceptionSlip {
        reception_number: case.row.reception_number.clone(),
        received: case.facts.visits.first().map_or_else(|| office.clock().today(), |visit| visit.day),
        procedure: super::page::title(case.procedure),
        next: next.to_owned(),
        until: inquiry.and_then(|inquiry| inquiry.deadline),
        bring: bring.into_iter().map(str::to_owned).collect(),
        office: (*office.text()).clone(),
    }
}

fn representative(case: &Case) -> Option<Representative> {
    case.facts.third_party.as_ref().map(|third| Representative {
        name: third.name.clone(),
        address: third.address.clone(),
        relation: third.relation.clone(),
    })
}

fn applied(office: &Office, case: &Case, decided: &Decided) -> Application {
    let resident = &decided.resident;
    // Once it was taken in, the application is what was read back, whatever the rules say today.
    let planned =
        case.facts.application.as_ref().map_or(&decided.main.certificates, |given| &given.certificates);
    Application {
        reception_number: case.row.reception_number.clone(),
        applied: office.clock().today(),
        purpose: if case.procedure == Procedure::Renewal { Purpose::Renewal } else { Purpose::Issuance },
        certificates: planned
            .iter()
            .map(|one| AppliedCertificate { kind: one.kind, new_expiry: Some(one.new_expiry) })
            .collect(),
        name: resident.name.clone(),
        other_name: resident.old_surname.clone().or_else(|| resident.alias.clone()),
        address: full_address(resident),
        birth: resident.birth,
        sex: resident.sex,
        applicant: case.applicant,
        representative: representative(case),
        shortened: planned.iter().any(|one| one.shortened),
        office: (*office.text()).clone(),
    }
}

fn pins_applied(office: &Office, case: &Case, decided: &Decided) -> PinApplication {
    let resident = &decided.resident;
    let Work { reset, change, .. } = &case.facts.work;
    let one = |action| move |kind: &rules::kinds::PinKind| PinRequest { kind: *kind, action };
    PinApplication {
        reception_number: case.row.reception_number.clone(),
        applied: office.clock().today(),
        pins: reset
            .iter()
            .map(one(PinAction::Reset))
            .chain(change.iter().map(one(PinAction::Change)))
            .collect(),
        name: resident.name.clone(),
        other_name: resident.old_surname.clone().or_else(|| resident.alias.clone()),
        address: full_address(resident),
        birth: resident.birth,
        sex: resident.sex,
        applicant: case.applicant,
        representative: representative(case),
        office: (*office.text()).clone(),
    }
}

fn received(office: &Office, case: &Case, decided: &Decided) -> Receipt {
    let facts = &case.facts;
    let line = |label: &str, text: String| ReceiptLine { label: label.to_owned(), text };
    let mut results: Vec<ReceiptLine> = facts
        .written
        .iter()
        .map(|written| line(written.kind.label(), format!("{}まで", wareki::long(written.expires))))
        .collect();
    results.extend(facts.set_pins.iter().map(|kind| line(kind.label(), "新しくしました".to_owned())));
    results.extend(facts.revoked.iter().map(|kind| line(kind.label(), "失効しました".to_owned())));
    Receipt {
        reception_number: case.row.reception_number.clone(),
        issued: office.clock().today(),
        name: decided.resident.name.clone(),
        procedure: super::page::title(case.procedure),
        results,
        certificates: facts.written.iter().map(|written| written.kind).collect(),
        still_to_do: super::page::told(office, case),
        office: (*office.text()).clone(),
    }
}
