//! An address on one line, as lists show it.

/// 〒115-0045 東京都…; a postal code that isn't one isn't dressed up.
pub fn one_line(postal_code: &str, address: &str, building: Option<&str>) -> String {
    let postal_code = match postal_code.split_at_checked(3) {
        Some((area, town)) if postal_code.len() == 7 => format!("〒{area}-{town} "),
        _ => String::new(),
    };
    let building = building.filter(|building| !building.is_empty());
    let building = building.map_or(String::new(), |building| format!(" {building}"));
    format!("{postal_code}{address}{building}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address stands as on the letter.
    #[test]
    fn writes_addresses() {
        assert_eq!(
            one_line("1150045", "東京都北区赤羽一丁目", Some("赤羽荘101")),
            "〒115-0045 東京都北区赤羽一丁目 赤羽荘101"
        );
        assert_eq!(one_line("", "東京都北区", Some("")), "東京都北区");
    }
}
