//! The four PINs: their forms, tries and who has none. No PIN is ever kept; these look and forget.

use crate::kinds::{CertificateKind, PinKind};

/// What a look at a PIN says. It never carries the PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinVerdict {
    /// The card will take it.
    pub ok: bool,
    /// Why it won't.
    pub reason: Option<&'static str>,
    /// It is easy to guess; it may be used all the same (倉吉市).
    pub warning: Option<&'static str>,
}

impl PinVerdict {
    const fn refused(reason: &'static str) -> Self {
        Self { ok: false, reason: Some(reason), warning: None }
    }

    const fn taken(warning: Option<&'static str>) -> Self {
        Self { ok: true, reason: None, warning }
    }
}

/// Wrong tries in a row until the PIN is locked (豊川市); the count is not reset by the date (上山市).
pub const fn max_tries(kind: PinKind) -> u8 {
    match kind {
        PinKind::Signature => 5,
        PinKind::Authentication | PinKind::ResidentRegister | PinKind::CardEntry => 3,
    }
}

/// The PINs the principal enters at a renewal: 1, 2 and 3 (鶴ヶ島市, 横浜市), without the signature PIN
/// for who has none, and none at all with a face-only card (喜多方市).
pub fn required_for_renewal(has_signature: bool, face_only: bool) -> Vec<PinKind> {
    match (face_only, has_signature) {
        (true, _) => Vec::new(),
        (false, true) => vec![PinKind::Signature, PinKind::Authentication, PinKind::ResidentRegister],
        (false, false) => vec![PinKind::Authentication, PinKind::ResidentRegister],
    }
}

/// The PINs needed to write exactly these certificates.
pub fn required_for(certificates: &[CertificateKind], face_only: bool) -> Vec<PinKind> {
    if face_only || certificates.is_empty() {
        return Vec::new();
    }
    let mut pins: Vec<_> = certificates.iter().map(|kind| kind.pin()).collect();
    pins.push(PinKind::ResidentRegister);
    pins.sort_unstable();
    pins.dedup();
    pins
}

/// The form in which the signature PIN goes to the card: upper case.
pub fn normalise_signature(pin: &str) -> String {
    pin.to_ascii_uppercase()
}

/// Whether a PIN has the form its kind asks for, and whether it is easy to guess (名取市, 鴻巣市).
pub fn check(kind: PinKind, pin: &str) -> PinVerdict {
    match kind {
        PinKind::Signature => check_signature(pin),
        PinKind::Authentication | PinKind::ResidentRegister | PinKind::CardEntry => check_digits(pin),
    }
}

const WEAK: &str = "推測されやすい番号です。ほかの番号をお勧めします。";

fn check_signature(pin: &str) -> PinVerdict {
    if !pin.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        let lower = pin.chars().all(|c| c.is_ascii_alphanumeric());
        return PinVerdict::refused(if lower {
            "英字は大文字で入力してください。"
        } else {
            "半角の英大文字と数字だけを使ってください。"
        });
    }
    if !(6..=16).contains(&pin.len()) {
        return PinVerdict::refused("6文字以上16文字以下で入力してください。");
    }
    let letters = pin.chars().any(|c| c.is_ascii_uppercase());
    let digits = pin.chars().any(|c| c.is_ascii_digit());
    if !letters || !digits {
        return PinVerdict::refused("英大文字と数字をそれぞれ1文字以上使ってください。");
    }
    PinVerdict::taken(weak_signature(pin).then_some(WEAK))
}

fn weak_signature(pin: &str) -> bool {
    let run = |text: &str| text.len() >= 2 && (repeats(text) || counts(text));
    let letters: String = pin.chars().filter(char::is_ascii_uppercase).collect();
    let digits: String = pin.chars().filter(char::is_ascii_digit).collect();
    let weak_part = |text: &str| text.len() == 1 || run(text);
    let words = ["PASS", "ABC", "QWERTY", "MYNA", "TEST"];
    (weak_part(&letters) && weak_part(&digits)) || words.iter().any(|word| pin.starts_with(word))
}

fn check_digits(pin: &str) -> PinVerdict {
    if !pin.chars().all(|c| c.is_ascii_digit()) {
        return PinVerdict::refused("半角の数字だけを使ってください。");
    }
    if pin.len() != 4 {
        return PinVerdict::refused("4桁の数字で入力してください。");
    }
    let pairs = pin[..2] == pin[2..];
    let month_day = |text: &str| {
        let number = |part: &str| part.parse::<u8>().unwrap_or(0);
        (1..=12).contains(&number(&text[..2])) && (1..=31).contains(&number(&text[2..]))
    };
    let year = pin.starts_with("19") || pin.starts_with("20");
    PinVerdict::taken((repeats(pin) || counts(pin) || pairs || month_day(pin) || year).then_some(WEAK))
}

fn repeats(text: &str) -> bool {
    text.bytes().all(|byte| Some(byte) == text.bytes().next())
}

fn counts(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
        || bytes.windows(2).all(|pair| pair[1].checked_add(1) == Some(pair[0]))
}

/// Why a person has no PIN of this kind; `None` when there is one (多賀城市, 函館市, 喜多方市).
pub fn why_none(kind: PinKind, restricted: bool, face_only: bool) -> Option<&'static str> {
    if face_only {
        Some("顔認証マイナンバーカードには暗証番号がありません。")
    } else if kind == PinKind::Signature && restricted {
        Some("15歳未満の方と成年被後見人には、署名用電子証明書の暗証番号がありません。")
    } else {
        None
    }
}

/// The sentence for tries left on the card.
pub fn tries_sentence(kind: PinKind, left: u8) -> String {
    if left == 0 {
        format!("{}はロックされています。再設定が必要です。", kind.label())
    } else if left < max_tries(kind) {
        format!("{}はあと{left}回まちがえるとロックされます。日が変わっても回数は戻りません。", kind.label())
    } else {
        format!("{}は残り{left}回です。", kind.label())
    }
}
