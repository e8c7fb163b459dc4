//! The day of the equinoxes in Japan, by the well-known linear formula of the hydrographic almanac.
//!
//! The law names 春分日 and 秋分日; the Cabinet announces them each February for the next year. The
//! formula agrees with every announced day since 1948 and with astronomy to 2099; from 2100 to 2150 it is
//! an estimate (2107's autumn falls twenty minutes before midnight, and the formula says the next day).

/// Millionths of a day in March, for a year counted from 1980.
const TROPICAL: i64 = 242_194;

fn day(year: i32, constants: [i64; 3]) -> Option<u32> {
    // Before 1980 the leap days are counted from 1983, so that the division rounds as the formula means it.
    let (constant, leap_from) = match year {
        1900..=1979 => (constants[0], 1983),
        1980..=2099 => (constants[1], 1980),
        2100..=2150 => (constants[2], 1980),
        _ => return None,
    };
    let year = i64::from(year);
    let days = (constant * 100 + TROPICAL * (year - 1980)).div_euclid(1_000_000);
    // Truncation towards zero, as in the printed formula.
    u32::try_from(days - (year - leap_from) / 4).ok()
}

/// Day of March of 春分日; `None` outside 1900–2150.
pub fn vernal(year: i32) -> Option<u32> {
    day(year, [208_357, 208_431, 218_510])
}

/// Day of September of 秋分日; `None` outside 1900–2150.
pub fn autumnal(year: i32) -> Option<u32> {
    day(year, [232_588, 232_488, 242_488])
}
