//! The sample people as a table. Every name, number and address is made up.

use chrono::NaiveDate;
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, PinKind, ResidentKind, Sex};

use super::dates::{self, Dates, Story};
use super::{MUNICIPALITY, Profile};
use crate::issuer::Holder;
use crate::virtual_card::{CardCertificate, CardPerson, CardPins, Defect, Switches, TokenLabel};

/// One row of the table: what makes this sample different from the plain one.
pub(super) struct Sample {
    pub name: &'static str,
    pub title: &'static str,
    person: &'static str,
    kana: &'static str,
    sex: Sex,
    /// Days from today to the end of the certificates, and the age reached on that day.
    ends: (i64, i32),
    story: Story,
    special: Special,
}

/// What is special about a sample.
enum Special {
    Nothing,
    AuthenticationOnly,
    FaceOnly,
    AdultWard,
    Suppressed,
    Tries(&'static [(PinKind, u8)]),
    SuspendedCard,
    SignatureRevoked,
    Stay(&'static str),
    Token(TokenLabel),
    Broken(Defect),
}

const fn plain(
    name: &'static str,
    title: &'static str,
    (person, kana, sex): (&'static str, &'static str, Sex),
    ends: (i64, i32),
) -> Sample {
    Sample { name, title, person, kana, sex, ends, story: Story::First, special: Special::Nothing }
}

const fn special(sample: Sample, special: Special) -> Sample {
    Sample { special, ..sample }
}

use PinKind::{Authentication, ResidentRegister, Signature};
use Sex::{Female, Male};

/// The table. New samples go to the end: the numbers follow from the position.
pub(super) const SAMPLES: &[Sample] = &[
    plain("renewable", "更新期間の中(本人)", ("見本\u{3000}花子", "ミホン ハナコ", Female), (40, 46)),
    plain("early", "更新期間の前", ("訓練\u{3000}太郎", "クンレン タロウ", Male), (150, 38)),
    plain("expired", "電子証明書の有効期間が満了", ("期限\u{3000}過子", "キゲン スギコ", Female), (-20, 52)),
    Sample {
        story: Story::RenewedOnce,
        ..plain(
            "card-ends",
            "カードも同じ時期に満了",
            ("終盤\u{3000}一郎", "シュウバン イチロウ", Male),
            (60, 61),
        )
    },
    special(
        plain("minor", "15歳未満(利用者証明用のみ)", ("見本\u{3000}小春", "ミホン コハル", Female), (45, 9)),
        Special::AuthenticationOnly,
    ),
    special(
        plain("face-only", "顔認証マイナンバーカード", ("顔見\u{3000}正男", "カオミ マサオ", Male), (30, 81)),
        Special::FaceOnly,
    ),
    special(
        plain(
            "signature-locked",
            "署名用暗証番号がロック",
            ("施錠\u{3000}文子", "セジョウ フミコ", Female),
            (35, 44),
        ),
        Special::Tries(&[(Signature, 0)]),
    ),
    special(
        plain(
            "auth-locked",
            "利用者証明用暗証番号がロック",
            ("施錠\u{3000}明", "セジョウ アキラ", Male),
            (55, 33),
        ),
        Special::Tries(&[(Authentication, 0)]),
    ),
    special(
        plain("last-try", "どの暗証番号もあと1回", ("崖縁\u{3000}進", "ガケフチ ススム", Male), (25, 58)),
        Special::Tries(&[
            (Signature, 1),
            (Authentication, 1),
            (ResidentRegister, 1),
            (PinKind::CardEntry, 1),
        ]),
    ),
    special(
        plain("suspended", "一時停止中のカード", ("停止\u{3000}光", "テイシ ヒカル", Male), (48, 29)),
        Special::SuspendedCard,
    ),
    special(
        plain(
            "signature-revoked",
            "転居で署名用が失効",
            ("転居\u{3000}桃子", "テンキョ モモコ", Female),
            (42, 41),
        ),
        Special::SignatureRevoked,
    ),
    Sample {
        story: Story::Stay,
        ..special(
            plain(
                "limited-stay",
                "在留期間のある外国人住民",
                ("SAMPLE MARIA TRAINING", "サンプル マリア", Female),
                (70, 31),
            ),
            Special::Stay("技術・人文知識・国際業務"),
        )
    },
    plain(
        "variation-selectors",
        "異体字のある氏名",
        ("渡\u{E0101}邉\u{E0102}\u{3000}𠮷之助", "ワタナベ ヨシノスケ", Male),
        (33, 67),
    ),
    special(
        plain("old-token", "古い種類のカード", ("旧型\u{3000}守", "キュウガタ マモル", Male), (38, 49)),
        Special::Token(TokenLabel::OldCard),
    ),
    special(
        plain(
            "unreadable",
            "ICチップが読めないカード",
            ("不読\u{3000}泉", "フドク イズミ", Female),
            (44, 36),
        ),
        Special::Broken(Defect::Unreadable),
    ),
    special(
        plain(
            "other-card",
            "マイナンバーカードではないICカード",
            ("別札\u{3000}学", "ベツフダ マナブ", Male),
            (46, 27),
        ),
        Special::Broken(Defect::ForeignCard),
    ),
    special(
        plain(
            "adult-ward",
            "成年被後見人(利用者証明用のみ)",
            ("後見\u{3000}静江", "コウケン シズエ", Female),
            (50, 78),
        ),
        Special::AdultWard,
    ),
    special(
        plain("suppressed", "支援措置のある人", ("秘匿\u{3000}守江", "ヒトク モリエ", Female), (37, 40)),
        Special::Suppressed,
    ),
    plain("first-day", "更新期間の最初のころ", ("初日\u{3000}清", "ハツヒ キヨシ", Male), (88, 55)),
    plain(
        "last-day",
        "きょうが更新期間の最後の日",
        ("最終\u{3000}千秋", "サイシュウ チアキ", Female),
        (0, 35),
    ),
];

pub(super) fn all(today: NaiveDate) -> Vec<Profile> {
    SAMPLES.iter().zip(1u32..).map(|(sample, number)| profile(sample, number, today)).collect()
}

fn profile(sample: &Sample, number: u32, today: NaiveDate) -> Profile {
    let dates = dates::of(today, sample.ends.0, sample.ends.1, sample.story);
    let mut profile = Profile {
        name: sample.name,
        title: sample.title,
        resident_number: format!("99{number:08}"),
        household_number: format!("98{number:08}"),
        kana: sample.kana,
        postal_code: "9990000",
        building: if number.is_multiple_of(3) { "みほんハイツ101号" } else { "" },
        resident_kind: ResidentKind::Japanese,
        stay_status: None,
        stay_until: None,
        suppressed: false,
        adult_ward: false,
        card_kind: CardKind::Individual,
        card_issued: dates.card_issued,
        card_status: CardStatus::Active,
        register_status: Vec::new(),
        person: person(sample, number, &dates),
    };
    let without_signature = |profile: &mut Profile| {
        profile.person.certificates.retain(|certificate| certificate.kind == CertificateKind::Authentication);
    };
    match sample.special {
        Special::Nothing => {}
        Special::AuthenticationOnly => without_signature(&mut profile),
        Special::FaceOnly => {
            without_signature(&mut profile);
            profile.person.face_only = true;
        }
        Special::AdultWard => {
            without_signature(&mut profile);
            profile.adult_ward = true;
        }
        Special::Suppressed => profile.suppressed = true,
        Special::Tries(tries) => profile.person.tries_left = tries.to_vec(),
        Special::SuspendedCard => {
            profile.card_status = CardStatus::Suspended;
            // 葛城市: the stop revokes the signature certificate and suspends the other.
            profile.register_status = vec![
                (CertificateKind::Signature, CertificateStatus::Revoked),
                (CertificateKind::Authentication, CertificateStatus::Suspended),
            ];
        }
        Special::SignatureRevoked => {
            profile.register_status = vec![(CertificateKind::Signature, CertificateStatus::Revoked)];
        }
        Special::Stay(status) => {
            profile.resident_kind = ResidentKind::Foreign;
            profile.stay_status = Some(status);
            profile.stay_until = Some(dates.card_expires);
        }
        Special::Token(token) => profile.person.token = token,
        Special::Broken(defect) => profile.person.defect = defect,
    }
    profile
}

fn person(sample: &Sample, number: u32, dates: &Dates) -> CardPerson {
    let certificate = |kind, last: u32| CardCertificate {
        kind,
        serial: format!("4D{:06X}", number * 0x10 + last),
        issued: dates.issued,
        expires: dates.expires,
    };
    CardPerson {
        card_number: format!("{MUNICIPALITY}{number:010}"),
        municipality: MUNICIPALITY.to_owned(),
        card_expires: dates.card_expires,
        holder: Holder {
            name: sample.person.to_owned(),
            address: format!("訓練県訓練市みほん区窓口一丁目{number}番{}号", number % 7 + 1),
            birth: dates.birth,
            sex: sample.sex,
        },
        face_only: false,
        token: TokenLabel::Card,
        pins: CardPins::training(),
        tries_left: Vec::new(),
        certificates: vec![
            certificate(CertificateKind::Signature, 1),
            certificate(CertificateKind::Authentication, 2),
        ],
        defect: Defect::None,
        switches: Switches::default(),
    }
}
