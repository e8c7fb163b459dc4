//! Households of made-up residents.

use super::names::{FOREIGN, MEN, Named, SURNAMES, WOMEN};
use super::places::{self, Place};
use crate::store::residents::Resident;
use chrono::{Days, NaiveDate};
use rand::Rng;
use rand::rngs::StdRng;
use rules::kinds::{ResidentKind, ResidentStatus, Sex};

/// First 宛名番号 of generated residents; the sample people's own lie below.
const FIRST_NUMBER: u64 = 2_000_000_001;
/// First 世帯番号 of generated households.
const FIRST_HOUSEHOLD: u64 = 7_000_000_001;

/// 在留資格 with a limited stay.
const LIMITED: &[&str] = &[
    "留学",
    "技術・人文知識・国際業務",
    "家族滞在",
    "技能実習2号ロ",
    "特定技能1号",
    "日本人の配偶者等",
    "定住者",
];
/// 在留資格 without an end.
const UNLIMITED: &[&str] = &["永住者", "特別永住者", "高度専門職2号"];

/// Makes households, one after the other, for ever.
pub struct People {
    rng: StdRng,
    today: NaiveDate,
    residents: u64,
    households: u64,
}

impl People {
    /// Begins; the same generator and day make the same people.
    pub fn new(rng: StdRng, today: NaiveDate) -> Self {
        Self { rng, today, residents: 0, households: 0 }
    }

    /// The next household.
    pub fn household(&mut self) -> Vec<Resident> {
        self.households += 1;
        let place = places::place(&mut self.rng);
        if self.rng.random_bool(0.1) {
            return vec![self.foreigner(&place)];
        }
        let surname = SURNAMES[self.rng.random_range(0..SURNAMES.len())];
        let mut family = Vec::new();
        match self.rng.random_range(0..100) {
            0..32 => family.push(self.adult(surname, &place, 18..97)),
            32..55 => {
                let older = self.rng.random_bool(0.5);
                let ages = if older { 60..92 } else { 24..60 };
                family.push(self.adult(surname, &place, ages.clone()));
                family.push(self.adult(surname, &place, ages));
            }
            55..90 => {
                let parents = if self.rng.random_bool(0.85) { 2 } else { 1 };
                for _ in 0..parents {
                    family.push(self.adult(surname, &place, 27..55));
                }
                for _ in 0..self.rng.random_range(1..4) {
                    family.push(self.adult(surname, &place, 0..18));
                }
            }
            _ => {
                family.push(self.adult(surname, &place, 70..99));
                family.push(self.adult(surname, &place, 35..65));
            }
        }
        self.turns_of_life(&mut family);
        family
    }

    /// Anybody of an age, children too.
    fn adult(&mut self, surname: Named, place: &Place, ages: std::ops::Range<u32>) -> Resident {
        let birth = self.birth(ages);
        let sex = if self.rng.random_bool(0.51) { Sex::Female } else { Sex::Male };
        let given = if sex == Sex::Female { WOMEN } else { MEN };
        let (given, reading) = given[self.rng.random_range(0..given.len())];
        let mut resident = self.resident(place, birth, sex);
        resident.name = format!("{}　{given}", surname.0);
        resident.kana = format!("{}　{reading}", surname.1);
        resident
    }

    fn foreigner(&mut self, place: &Place) -> Resident {
        let (name, kana, woman) = FOREIGN[self.rng.random_range(0..FOREIGN.len())];
        let birth = self.birth(18..65);
        let mut resident = self.resident(place, birth, if woman { Sex::Female } else { Sex::Male });
        name.clone_into(&mut resident.name);
        kana.clone_into(&mut resident.kana);
        resident.kind = ResidentKind::Foreign;
        if self.rng.random_bool(0.35) {
            resident.residence_status = Some(UNLIMITED[self.rng.random_range(0..UNLIMITED.len())].to_owned());
        } else {
            resident.residence_status = Some(LIMITED[self.rng.random_range(0..LIMITED.len())].to_owned());
            resident.stay_until = Some(self.today + Days::new(self.rng.random_range(5..1700)));
        }
        if self.rng.random_bool(0.3) {
            let (surname, _) = SURNAMES[self.rng.random_range(0..SURNAMES.len())];
            resident.alias = Some(format!("{surname}　{}", MEN[self.rng.random_range(0..MEN.len())].0));
        }
        resident
    }

    fn resident(&mut self, place: &Place, birth: NaiveDate, sex: Sex) -> Resident {
        self.residents += 1;
        Resident {
            number: (FIRST_NUMBER + self.residents - 1).to_string(),
            household_number: (FIRST_HOUSEHOLD + self.households - 1).to_string(),
            name: String::new(),
            kana: String::new(),
            old_surname: None,
            alias: None,
            birth,
            sex,
            postal_code: place.postal_code.to_owned(),
            address: place.address.clone(),
            building: place.building.clone(),
            kind: ResidentKind::Japanese,
            residence_status: None,
            stay_until: None,
            adult_ward: false,
            suppressed: false,
            registered_elsewhere: false,
            change_reason: None,
            change_date: None,
            status: ResidentStatus::Resident,
            version: 0,
        }
    }

    fn birth(&mut self, ages: std::ops::Range<u32>) -> NaiveDate {
        // Somebody has to be born on 29 February.
        if self.rng.random_bool(0.01) {
            let age = i32::try_from(ages.start.midpoint(ages.end)).unwrap_or(0);
            let year = (chrono::Datelike::year(&self.today) - age) / 4 * 4;
            if let Some(day) = NaiveDate::from_ymd_opt(year, 2, 29).filter(|day| *day <= self.today) {
                return day;
            }
        }
        let days = u64::from(self.rng.random_range(ages)) * 365 + self.rng.random_range(1..365);
        self.today - Days::new(days)
    }

    /// What happens to a few: wardship, support measures, marriage, moves, death.
    fn turns_of_life(&mut self, family: &mut [Resident]) {
        if self.rng.random_bool(0.012) {
            for resident in &mut *family {
                resident.suppressed = true;
            }
        }
        if self.rng.random_bool(0.01)
            && let Some(first) = family.first_mut()
        {
            first.registered_elsewhere = true;
        }
        let moved = self.rng.random_range(0..1000);
        let day = self.today - Days::new(self.rng.random_range(3..900));
        for resident in family {
            let grown_up = resident.birth + Days::new(20 * 366) < self.today;
            if grown_up && self.rng.random_bool(0.008) {
                resident.adult_ward = true;
            }
            if grown_up && resident.sex == Sex::Female && self.rng.random_bool(0.06) {
                let (surname, _) = SURNAMES[self.rng.random_range(0..SURNAMES.len())];
                resident.old_surname = Some(surname.to_owned());
            }
            if resident.birth >= day {
                continue;
            }
            match moved {
                0..70 => change(resident, "転居", day, ResidentStatus::Resident),
                70..85 => {
                    let place = places::elsewhere(&mut self.rng);
                    place.postal_code.clone_into(&mut resident.postal_code);
                    resident.address = place.address;
                    resident.building = None;
                    change(resident, "転出", day, ResidentStatus::MovedOut);
                }
                85..92 => change(resident, "国外転出", day, ResidentStatus::MovedAbroad),
                92..150 => change(resident, "転入", day, ResidentStatus::Resident),
                150..153 => change(resident, "職権消除", day, ResidentStatus::Deleted),
                _ => {
                    let old = resident.birth + Days::new(68 * 366) < self.today;
                    if self.rng.random_bool(if old { 0.03 } else { 0.001 }) {
                        change(resident, "死亡", day, ResidentStatus::Dead);
                    }
                }
            }
        }
    }
}

fn change(resident: &mut Resident, reason: &str, day: NaiveDate, status: ResidentStatus) {
    resident.change_reason = Some(reason.to_owned());
    resident.change_date = Some(day);
    resident.status = status;
}
