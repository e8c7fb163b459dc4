//! One session with one card: open the channel, do what the order says, report.

use std::collections::VecDeque;

use chrono::NaiveDate;
use rsa::pkcs1::EncodeRsaPublicKey as _;
use rsa::{BigUint, RsaPublicKey};
use rules::kinds::{CertificateKind, PinKind};

use super::super::{Issued, IssuerError, Operation, Order, Report, Session, Step};
use super::{CERTIFICATE_FILE, CERTIFICATE_PRESENT, KEY_VERSION, card_keys, diversification};
use crate::apdu::{Command, split_answer};
use crate::scp03::host::{CardHello, external_authenticate, initialize_update};
use crate::scp03::{Channel, Level, derive};
use crate::training_ca::{CertificateRequest, issue};

/// As much as fits a short command once it is padded, encrypted and has its MAC.
const CHUNK: usize = 239;
const CARD_MANAGER: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];
const JPKI: [u8; 10] = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
const TEXT: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
const REGISTER: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01];
const COMMON: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00];
const AVAILABILITY: u16 = 0x0008;

/// What the session waits for.
enum Waiting {
    Start,
    Selection { again: bool },
    Hello { host_challenge: [u8; 8] },
    Proof,
    Answer { about: &'static str, then: Then },
    Nothing,
}

/// What an answer under the channel is for.
#[derive(Clone, Copy)]
enum Then {
    GoOn,
    Certificate { kind: CertificateKind, expires: NaiveDate },
}

struct Task {
    command: Command,
    about: &'static str,
    then: Then,
}

/// The training issuer's side of the dialogue.
pub(super) struct TrainingSession {
    order: Order,
    waiting: Waiting,
    channel: Option<Channel>,
    tasks: VecDeque<Task>,
    issued: Vec<Issued>,
}

impl Session for TrainingSession {
    fn next(&mut self, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        let waiting = std::mem::replace(&mut self.waiting, Waiting::Nothing);
        match (waiting, answer) {
            (Waiting::Start, None) => Ok(self.select_manager(false)),
            (Waiting::Selection { again }, Some(answer)) => self.selected(again, answer),
            (Waiting::Hello { host_challenge }, Some(answer)) => self.hello(host_challenge, answer),
            (Waiting::Proof, Some(answer)) => {
                accept(answer, "発行側の証明")?;
                self.plan();
                self.send()
            }
            (Waiting::Answer { about, then }, Some(answer)) => {
                let data = self.opened(answer, about)?;
                if let Then::Certificate { kind, expires } = then {
                    self.certificate(kind, expires, &data)?;
                }
                self.send()
            }
            _ => Err(IssuerError::ChannelRefused("この発行の手続きは終わっています。".to_owned())),
        }
    }
}

impl TrainingSession {
    pub(super) fn new(order: Order) -> Self {
        Self { order, waiting: Waiting::Start, channel: None, tasks: VecDeque::new(), issued: Vec::new() }
    }

    fn select_manager(&mut self, again: bool) -> Step {
        self.waiting = Waiting::Selection { again };
        let command = Command::new(0x00, 0xA4, 0x04, 0x0C).data(&CARD_MANAGER);
        Step::Command { apdu: command.encode(), about: "カード管理機能の選択" }
    }

    fn selected(&mut self, again: bool, answer: &[u8]) -> Result<Step, IssuerError> {
        // Some chips answer their very first command with 6F00 and the second one properly.
        if !again && matches!(split_answer(answer), Some((_, 0x6F00))) {
            return Ok(self.select_manager(true));
        }
        accept(answer, "カード管理機能の選択")?;
        let host_challenge = self.eight(0xA1);
        self.waiting = Waiting::Hello { host_challenge };
        let command = initialize_update(KEY_VERSION, host_challenge);
        Ok(Step::Command { apdu: command.encode(), about: "安全な通信路の開始" })
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
        Ok(Step::Command { apdu: command.encode(), about: "発行側の証明" })
    }

    /// The whole order as commands; a certificate's own commands are added once its key is there.
    fn plan(&mut self) {
        for operation in self.order.operations.clone() {
            match operation {
                Operation::NewCertificate { kind, expires } => {
                    let (key, about) = match kind {
                        CertificateKind::Signature => (0x1A, "署名用の鍵の生成"),
                        CertificateKind::Authentication => (0x17, "利用者証明用の鍵の生成"),
                    };
                    self.task(select_application(&JPKI), "公的個人認証APの選択");
                    let command = Command::new(0x80, 0x47, 0x00, key).expecting(65_536);
                    self.tasks.push_back(Task { command, about, then: Then::Certificate { kind, expires } });
                }
                Operation::ResetPin { kind, block } => {
                    let places: &[(&[u8], u8)] = match kind {
                        PinKind::Signature => &[(&JPKI, 0x1B)],
                        PinKind::Authentication => &[(&JPKI, 0x18)],
                        PinKind::CardEntry => &[(&TEXT, 0x11)],
                        // One PIN for people, two references in the chip.
                        PinKind::ResidentRegister => &[(&REGISTER, 0x1C), (&COMMON, 0x1C)],
                    };
                    for (application, file) in places {
                        self.task(select_application(application), "暗証番号のあるAPの選択");
                        let command = Command::new(0x80, 0x2C, 0x02, 0x80 | file).data(&block);
                        self.task(command, "暗証番号の再設定");
                    }
                }
            }
        }
    }

    fn task(&mut self, command: Command, about: &'static str) {
        self.tasks.push_back(Task { command, about, then: Then::GoOn });
    }

    /// Issues the certificate for the key the card made, and queues its writing before what else is to be done.
    fn certificate(
        &mut self,
        kind: CertificateKind,
        expires: NaiveDate,
        answer: &[u8],
    ) -> Result<(), IssuerError> {
        let refused = |reason: String| IssuerError::ChannelRefused(reason);
        let public_key =
            public_key(answer).ok_or_else(|| refused("カードが作った鍵を読み取れません。".to_owned()))?;
        let serial = self.serial(kind);
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
        let (file, flag, about) = match kind {
            CertificateKind::Signature => (0x0001, 0, "署名用電子証明書の書き込み"),
            CertificateKind::Authentication => (0x000A, 1, "利用者証明用電子証明書の書き込み"),
        };
        let mut writing = vec![(select_file(file), "証明書のファイルの選択")];
        let mut content = der.clone();
        content.resize(CERTIFICATE_FILE, 0xFF);
        for (at, chunk) in content.chunks(CHUNK).enumerate() {
            let [high, low] = u16::try_from(at * CHUNK).unwrap_or(u16::MAX).to_be_bytes();
            writing.push((Command::new(0x80, 0xD6, high, low).data(chunk), about));
        }
        writing.push((select_file(AVAILABILITY), "証明書の有無のファイルの選択"));
        writing.push((
            Command::new(0x80, 0xD6, 0x00, flag).data(&[CERTIFICATE_PRESENT]),
            "証明書の有無の書き込み",
        ));
        for (command, about) in writing.into_iter().rev() {
            self.tasks.push_front(Task { command, about, then: Then::GoOn });
        }
        self.issued.push(Issued { kind, serial, expires, der });
        Ok(())
    }

    fn send(&mut self) -> Result<Step, IssuerError> {
        let Some(task) = self.tasks.pop_front() else {
            return Ok(Step::Done(Report { certificates: std::mem::take(&mut self.issued) }));
        };
        let channel = self.channel.as_mut().ok_or_else(broken)?;
        let apdu = channel.seal(&task.command).encode();
        self.waiting = Waiting::Answer { about: task.about, then: task.then };
        Ok(Step::Command { apdu, about: task.about })
    }

    fn opened(&mut self, answer: &[u8], about: &'static str) -> Result<Vec<u8>, IssuerError> {
        let (data, status) = split_answer(answer).ok_or_else(broken)?;
        if status != 0x9000 {
            return Err(IssuerError::CardRefused { status, about });
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

fn broken() -> IssuerError {
    IssuerError::ChannelRefused("カードの応答が途切れています。".to_owned())
}

fn accept<'a>(answer: &'a [u8], about: &'static str) -> Result<&'a [u8], IssuerError> {
    match split_answer(answer) {
        Some((data, 0x9000)) => Ok(data),
        Some((_, status)) => Err(IssuerError::CardRefused { status, about }),
        None => Err(broken()),
    }
}

fn select_application(aid: &[u8]) -> Command {
    Command::new(0x80, 0xA4, 0x04, 0x0C).data(aid)
}

fn select_file(file: u16) -> Command {
    Command::new(0x80, 0xA4, 0x02, 0x0C).data(&file.to_be_bytes())
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
