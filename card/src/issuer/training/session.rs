//! One session with one card: open the channel, do what the order says, report.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::NaiveDate;
use myna_card::data::sha256;
use rsa::pkcs1::EncodeRsaPublicKey as _;
use rsa::{BigUint, RsaPublicKey};
use rules::kinds::CertificateKind;

use super::super::{
    Issued, IssuerError, Operation, Order, Report, Revocation, RevocationReason, Revoked, Step,
};
use super::commands::{self, CARD_MANAGER, Task, Then};
use super::register::Register;
use super::{CERTIFICATE_FILE, KEY_VERSION, card_keys, diversification};
use crate::apdu::{Command, split_answer};
use crate::scp03::host::{CardHello, external_authenticate, initialize_update};
use crate::scp03::{Channel, Level, derive};
use crate::training_ca::{CertificateRequest, issue};

/// What the session waits for.
enum Waiting {
    Start,
    Selection { again: bool },
    Hello { host_challenge: [u8; 8] },
    Proof,
    Answer { about: &'static str, then: Then },
    Nothing,
}

/// The training issuer's side of the dialogue.
pub(super) struct TrainingSession {
    id: String,
    order: Order,
    register: Arc<Register>,
    waiting: Waiting,
    channel: Option<Channel>,
    tasks: VecDeque<Task>,
    issued: Vec<Issued>,
    revoked: Vec<Revoked>,
    /// The last answer that was taken and the step that followed, in case the message with it was lost.
    last: Option<(u32, [u8; 32], Step)>,
}

impl TrainingSession {
    pub fn new(id: String, order: Order, register: Arc<Register>) -> Self {
        Self {
            id,
            order,
            register,
            waiting: Waiting::Start,
            channel: None,
            tasks: VecDeque::new(),
            issued: Vec::new(),
            revoked: Vec::new(),
            last: None,
        }
    }

    /// Nothing follows any more.
    pub fn ended(&self) -> bool {
        matches!(self.waiting, Waiting::Nothing)
    }

    /// As [`super::super::Session::next`].
    pub fn next(&mut self, counter: u32, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        let digest = sha256(answer.unwrap_or_default());
        let expected = match &self.last {
            Some((last, heard, step)) if *last == counter && *heard == digest => return Ok(step.clone()),
            Some((last, ..)) => last + 1,
            None => 0,
        };
        if counter != expected {
            self.waiting = Waiting::Nothing;
            return Err(IssuerError::ChannelRefused("やりとりの順番が合いません。".to_owned()));
        }
        let step = self.follow(answer)?;
        self.last = Some((counter, digest, step.clone()));
        Ok(step)
    }

    fn follow(&mut self, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        let waiting = std::mem::replace(&mut self.waiting, Waiting::Nothing);
        match (waiting, answer) {
            (Waiting::Start, None) => Ok(self.select_manager(false)),
            (Waiting::Selection { again }, Some(answer)) => self.selected(again, answer),
            (Waiting::Hello { host_challenge }, Some(answer)) => self.hello(host_challenge, answer),
            (Waiting::Proof, Some(answer)) => {
                accept(answer, "発行側の証明")?;
                self.revoke()?;
                self.plan();
                self.send()
            }
            (Waiting::Answer { about, then }, Some(answer)) => {
                match then {
                    Then::GoOn => drop(self.opened(answer, about)?),
                    Then::NewKey(kind) => {
                        let data = self.opened(answer, about)?;
                        self.certify(kind, &data)?;
                    }
                    Then::PresentKey(kind) => self.present_key(kind, answer, about)?,
                }
                self.send()
            }
            _ => Err(IssuerError::ChannelRefused("この発行の手続きは終わっています。".to_owned())),
        }
    }

    fn select_manager(&mut self, again: bool) -> Step {
        self.waiting = Waiting::Selection { again };
        let command = Command::new(0x00, 0xA4, 0x04, 0x0C).data(&CARD_MANAGER);
        step(&command, "カード管理機能の選択")
    }

    fn selected(&mut self, again: bool, answer: &[u8]) -> Result<Step, IssuerError> {
        // Some chips answer their very first command with 6F00 and the second one properly.
        if !again && matches!(split_answer(answer), Some((_, 0x6F00))) {
            return Ok(self.select_manager(true));
        }
        accept(answer, "カード管理機能の選択")?;
        let host_challenge = self.eight(0xA1);
        self.waiting = Waiting::Hello { host_challenge };
        Ok(step(&initialize_update(KEY_VERSION, host_challenge), "安全な通信路の開始"))
    }

    fn hello(&mut self, host_challenge: [u8; 8], answer: &[u8]) -> Result<Step, IssuerError> {
        let data = accept(answer, "安全な通信路の開始")?;
        let refused = |error: crate::scp03::ChannelError| IssuerError::ChannelRefused(error.to_string());
        let hello = CardHello::parse(data).map_err(refused)?;
        let number = &self.order.card.card_number;
        if hello.diversification != diversification(number) {
            return Err(IssuerError::ChannelRefused("依頼されたカードとは別のカードです。".to_owned()));
        }
        let (command, channel) =
            external_authenticate(&card_keys(number), host_challenge, &hello, Level::C_ENC_MAC)
                .map_err(refused)?;
        self.channel = Some(channel);
        self.waiting = Waiting::Proof;
        Ok(step(&command, "発行側の証明"))
    }

    /// The card has proven that it is the one: what shall be revoked is revoked before anything is erased from it.
    fn revoke(&mut self) -> Result<(), IssuerError> {
        for operation in self.order.operations.clone() {
            if let Operation::Revoke { kind, serial, reason } = operation {
                let revoked = self.register.revoke(&self.revocation(kind, serial, reason))?;
                self.revoked.push(revoked);
            }
        }
        Ok(())
    }

    fn revocation(&self, kind: CertificateKind, serial: String, reason: RevocationReason) -> Revocation {
        let card_number = self.order.card.card_number.clone();
        Revocation { card_number, kind, serial, reason, at: self.order.at }
    }

    /// The whole order as commands; a certificate's own commands are added once its key is there.
    fn plan(&mut self) {
        for operation in &self.order.operations {
            let begun = match operation {
                Operation::NewCertificate { kind, .. } => self.register.of_session(&self.id, *kind).is_some(),
                _ => false,
            };
            self.tasks.extend(commands::of(operation, begun));
        }
    }

    /// After an interruption: the key that is there may be the one for which a certificate was issued already.
    fn present_key(
        &mut self,
        kind: CertificateKind,
        answer: &[u8],
        about: &'static str,
    ) -> Result<(), IssuerError> {
        let there = match self.opened(answer, about) {
            Ok(data) => public_key(&data),
            Err(IssuerError::CardRefused { .. }) => None,
            Err(error) => return Err(error),
        };
        let begun = self.register.of_session(&self.id, kind);
        match begun.filter(|begun| there.as_ref() == Some(&begun.public_key)) {
            Some(begun) => {
                self.first(commands::write(kind, &begun.der));
                let expires = self.expires(kind)?;
                self.issued.push(Issued { kind, serial: begun.serial, expires, der: begun.der });
            }
            None => self.first(vec![commands::make_key(kind)]),
        }
        Ok(())
    }

    /// Issues the certificate for the key the card made, and queues its writing before what else is to be done.
    fn certify(&mut self, kind: CertificateKind, answer: &[u8]) -> Result<(), IssuerError> {
        let public_key = public_key(answer)
            .ok_or_else(|| IssuerError::ChannelRefused("カードが作った鍵を読み取れません。".to_owned()))?;
        let serial = self.serial(kind);
        let expires = self.expires(kind)?;
        let der = issue(&CertificateRequest {
            kind,
            serial: &serial,
            public_key: &public_key,
            from: self.order.at,
            expires,
            holder: &self.order.holder,
            municipality: &self.order.card.municipality,
        })
        .map_err(|error| IssuerError::OrderRefused(error.to_string()))?;
        if der.len() > CERTIFICATE_FILE {
            return Err(IssuerError::OrderRefused(
                "氏名と住所が長く、証明書がカードに入りません。".to_owned(),
            ));
        }
        self.register.issue(&self.id, &self.order, kind, &serial, &public_key, &der)?;
        self.revoke_replaced(kind, &serial)?;
        self.first(commands::write(kind, &der));
        self.issued.push(Issued { kind, serial, expires, der });
        Ok(())
    }

    /// The old key was gone when the card answered with the new one, so its certificate is good no longer. Waiting for
    /// the end would leave it good when the last answers are lost and the card is found complete.
    fn revoke_replaced(&self, kind: CertificateKind, new: &str) -> Result<(), IssuerError> {
        let ordered = self.order.operations.iter().find_map(|operation| match operation {
            Operation::NewCertificate { kind: ordered, replaces, .. } if *ordered == kind => replaces.clone(),
            _ => None,
        });
        let first = self.register.replaced_in(&self.id, kind);
        for old in ordered.into_iter().chain(first).filter(|old| old != new) {
            self.register.revoke(&self.revocation(kind, old, RevocationReason::Superseded))?;
        }
        Ok(())
    }

    fn expires(&self, kind: CertificateKind) -> Result<NaiveDate, IssuerError> {
        let ordered = self.order.operations.iter().find_map(|operation| match operation {
            Operation::NewCertificate { kind: ordered, expires, .. } if *ordered == kind => Some(*expires),
            _ => None,
        });
        ordered.ok_or_else(broken)
    }

    fn first(&mut self, tasks: Vec<Task>) {
        for task in tasks.into_iter().rev() {
            self.tasks.push_front(task);
        }
    }

    fn send(&mut self) -> Result<Step, IssuerError> {
        let Some(task) = self.tasks.pop_front() else { return self.report() };
        let channel = self.channel.as_mut().ok_or_else(broken)?;
        let command = channel.seal(&task.command);
        self.waiting = Waiting::Answer { about: task.about, then: task.then };
        Ok(step(&command, task.about))
    }

    fn report(&mut self) -> Result<Step, IssuerError> {
        self.register.done(&self.id)?;
        Ok(Step::Done(Report {
            certificates: std::mem::take(&mut self.issued),
            revoked: std::mem::take(&mut self.revoked),
        }))
    }

    fn opened(&mut self, answer: &[u8], about: &'static str) -> Result<Vec<u8>, IssuerError> {
        let (data, status) = split_answer(answer).ok_or_else(broken)?;
        if status != 0x9000 {
            return Err(IssuerError::CardRefused { status, about: about.into() });
        }
        let channel = self.channel.as_ref().ok_or_else(broken)?;
        channel.open_answer(data, status).map_err(|error| IssuerError::ChannelRefused(error.to_string()))
    }

    /// Eight bytes of the order's entropy, different for every purpose.
    fn eight(&self, purpose: u8) -> [u8; 8] {
        let mut key = [0; 16];
        key.copy_from_slice(&self.order.entropy[..16]);
        let derived = derive(&key, purpose, 64, &[&self.order.entropy[16..]]);
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&derived[..8]);
        bytes
    }

    /// 62 bits of entropy with a fixed top: 16 digits, never a leading zero, never negative in DER.
    fn serial(&self, kind: CertificateKind) -> String {
        let purpose = match kind {
            CertificateKind::Signature => 0xB1,
            CertificateKind::Authentication => 0xB2,
        };
        format!("{:X}", u64::from_be_bytes(self.eight(purpose)) >> 2 | 1 << 62)
    }
}

fn step(command: &Command, about: &'static str) -> Step {
    Step::Command { apdu: command.encode(), about: about.into() }
}

fn broken() -> IssuerError {
    IssuerError::ChannelRefused("カードの応答が途切れています。".to_owned())
}

fn accept<'a>(answer: &'a [u8], about: &'static str) -> Result<&'a [u8], IssuerError> {
    match split_answer(answer) {
        Some((data, 0x9000)) => Ok(data),
        Some((_, status)) => Err(IssuerError::CardRefused { status, about: about.into() }),
        None => Err(broken()),
    }
}

/// 7F49 {81 modulus, 82 exponent} as PKCS #1; anything but a 2048-bit key is refused.
fn public_key(answer: &[u8]) -> Option<Vec<u8>> {
    let outer = myna_card::tlv::ber::parse(answer).ok().filter(|outer| outer.tag == 0x7F49)?;
    let (mut modulus, mut exponent) = (None, None);
    for object in myna_card::tlv::ber::iter(outer.value) {
        let object = object.ok()?;
        match object.tag {
            0x81 => modulus = Some(BigUint::from_bytes_be(object.value)),
            0x82 => exponent = Some(BigUint::from_bytes_be(object.value)),
            _ => {}
        }
    }
    let modulus = modulus.filter(|modulus| modulus.bits() == 2048)?;
    let key = RsaPublicKey::new(modulus, exponent?).ok()?;
    Some(key.to_pkcs1_der().ok()?.into_vec())
}
