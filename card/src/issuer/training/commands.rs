//! The commands of a session, as tasks one after the other.

use rules::kinds::{CertificateKind, PinKind};

use super::super::Operation;
use super::{CERTIFICATE_FILE, CERTIFICATE_PRESENT};
use crate::apdu::Command;

/// As much as fits a short command once it is padded, encrypted and has its MAC.
const CHUNK: usize = 239;
/// The card manager, in which the channel is opened.
pub(super) const CARD_MANAGER: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];
const JPKI: [u8; 10] = [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01];
const TEXT: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
const REGISTER: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01];
const COMMON: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00];
const AVAILABILITY: u16 = 0x0008;

/// One command inside the channel.
pub(super) struct Task {
    pub command: Command,
    pub about: &'static str,
    pub then: Then,
}

/// What an answer is for.
#[derive(Clone, Copy)]
pub(super) enum Then {
    /// It must be a yes.
    GoOn,
    /// It is the public half of the key that was just made.
    NewKey(CertificateKind),
    /// It is the public half of the key that is there, or a no: is it the one an earlier try had made?
    PresentKey(CertificateKind),
}

fn task(command: Command, about: &'static str) -> Task {
    Task { command, about, then: Then::GoOn }
}

/// The key's file, the certificate's file, and the place in the file that says which certificates are there.
fn files(kind: CertificateKind) -> (u8, u16, u8) {
    match kind {
        CertificateKind::Signature => (0x1A, 0x0001, 0),
        CertificateKind::Authentication => (0x17, 0x000A, 1),
    }
}

/// The commands of one operation, as far as they are known before the card answers.
pub(super) fn of(operation: &Operation, begun_before: bool) -> Vec<Task> {
    match operation {
        Operation::NewCertificate { kind, .. } if begun_before => {
            let about = "作りかけの鍵の確認";
            let command = Command::new(0x80, 0x47, 0x81, files(*kind).0).expecting(65_536);
            vec![select_application(&JPKI), Task { command, about, then: Then::PresentKey(*kind) }]
        }
        Operation::NewCertificate { kind, .. } => vec![select_application(&JPKI), make_key(*kind)],
        Operation::Revoke { kind, .. } => erase(*kind),
        Operation::ResetPin { kind, block } => reset(*kind, block),
    }
}

/// The command after which the old key is no more.
pub(super) fn make_key(kind: CertificateKind) -> Task {
    let about = match kind {
        CertificateKind::Signature => "署名用の鍵の生成",
        CertificateKind::Authentication => "利用者証明用の鍵の生成",
    };
    let command = Command::new(0x80, 0x47, 0x00, files(kind).0).expecting(65_536);
    Task { command, about, then: Then::NewKey(kind) }
}

/// A certificate into its file, with filler behind it, and the word that it is there.
pub(super) fn write(kind: CertificateKind, der: &[u8]) -> Vec<Task> {
    let about = match kind {
        CertificateKind::Signature => "署名用電子証明書の書き込み",
        CertificateKind::Authentication => "利用者証明用電子証明書の書き込み",
    };
    let mut tasks = fill(kind, der, about);
    tasks.extend(availability(kind, CERTIFICATE_PRESENT));
    tasks
}

/// The word that it is there is taken back first, then the key goes, then the certificate.
fn erase(kind: CertificateKind) -> Vec<Task> {
    const DEACTIVATE_FILE: u8 = 0x04;
    let about = match kind {
        CertificateKind::Signature => "署名用電子証明書の消去",
        CertificateKind::Authentication => "利用者証明用電子証明書の消去",
    };
    let mut tasks = vec![select_application(&JPKI)];
    tasks.extend(availability(kind, 0x00));
    tasks.push(task(select_file(u16::from(files(kind).0)), "鍵のファイルの選択"));
    tasks.push(task(Command::new(0x80, DEACTIVATE_FILE, 0x00, 0x00), "鍵の停止"));
    tasks.extend(fill(kind, &[], about));
    tasks
}

fn fill(kind: CertificateKind, der: &[u8], about: &'static str) -> Vec<Task> {
    let mut content = der.to_vec();
    content.resize(CERTIFICATE_FILE, 0xFF);
    let mut tasks = vec![task(select_file(files(kind).1), "証明書のファイルの選択")];
    tasks.extend(content.chunks(CHUNK).enumerate().map(|(at, chunk)| {
        let [high, low] = u16::try_from(at * CHUNK).unwrap_or(u16::MAX).to_be_bytes();
        task(Command::new(0x80, 0xD6, high, low).data(chunk), about)
    }));
    tasks
}

fn availability(kind: CertificateKind, word: u8) -> [Task; 2] {
    [
        task(select_file(AVAILABILITY), "証明書の有無のファイルの選択"),
        task(Command::new(0x80, 0xD6, 0x00, files(kind).2).data(&[word]), "証明書の有無の書き込み"),
    ]
}

fn reset(kind: PinKind, block: &[u8]) -> Vec<Task> {
    let places: &[(&[u8], u8)] = match kind {
        PinKind::Signature => &[(&JPKI, 0x1B)],
        PinKind::Authentication => &[(&JPKI, 0x18)],
        PinKind::CardEntry => &[(&TEXT, 0x11)],
        // One PIN for people, two references in the chip.
        PinKind::ResidentRegister => &[(&REGISTER, 0x1C), (&COMMON, 0x1C)],
    };
    let one = |(application, file): &(&[u8], u8)| {
        let command = Command::new(0x80, 0x2C, 0x02, 0x80 | file).data(block);
        [select_application(application), task(command, "暗証番号の再設定")]
    };
    places.iter().flat_map(one).collect()
}

fn select_application(aid: &[u8]) -> Task {
    let about =
        if aid == JPKI { "公的個人認証APの選択" } else { "暗証番号のあるAPの選択" };
    task(Command::new(0x80, 0xA4, 0x04, 0x0C).data(aid), about)
}

fn select_file(file: u16) -> Command {
    Command::new(0x80, 0xA4, 0x02, 0x0C).data(&file.to_be_bytes())
}
