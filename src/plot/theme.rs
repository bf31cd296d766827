//! Colours by meaning, in one set for each theme.

use plotters::style::RGBColor;

/// The meaning of a mark. Its colour follows from the theme and is the same in every figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text and numbers.
    Text,
    /// Secondary text and numbers.
    Soft,
    /// Axes and other hairlines.
    Hair,
    /// The panel behind a figure.
    Panel,
    /// The page's background, used inside handles.
    Background,
    /// The outline of the target p.
    Target,
    /// The area of the target p.
    TargetFill,
    /// KL(p‖q).
    ForwardKl,
    /// KL(q‖p).
    ReverseKl,
    /// The Jensen–Shannon divergence.
    JensenShannon,
    /// Total variation.
    TotalVariation,
    /// The Hellinger distance and its square.
    Hellinger,
    /// χ², both ways.
    ChiSquared,
    /// W₁.
    Wasserstein1,
    /// W₂ and W₂².
    Wasserstein2,
    /// A positive contribution.
    Positive,
    /// A negative contribution.
    Negative,
    /// The band that stands for ∞ at the top of an axis.
    Infinite,
}

/// A set of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark on a light background.
    #[default]
    Light,
    /// Light on a dark background.
    Dark,
    /// Black on white, for weak projectors in bright rooms and for readers who need more contrast.
    ContrastLight,
    /// White on black, for the same.
    ContrastDark,
}

/// Each ink with its CSS custom property and its colour in each of [`Theme::ALL`].
///
/// The light colours differ from each other, because `Ink::of` identifies an ink by them. Text colours have a
/// contrast of at least 4.5 to 1 with the panel, and of 7 to 1 in the themes of high contrast. The hues
/// follow Okabe and Ito, whose palette colour-blind readers can tell apart.
const INKS: [(Ink, &str, [u32; 4]); 18] = [
    (Ink::Text, "ink", [0x1d1f23, 0xeceae4, 0x000000, 0xffffff]),
    (Ink::Soft, "soft", [0x5a5f68, 0xa9adb5, 0x2b2e33, 0xd6dae1]),
    (Ink::Hair, "hair", [0xcfcec8, 0x41454d, 0x6f747d, 0x8b919c]),
    (Ink::Panel, "panel", [0xf6f5f0, 0x1f2227, 0xffffff, 0x000000]),
    (Ink::Background, "background", [0xfffefb, 0x16181c, 0xffffff, 0x000000]),
    (Ink::Target, "target", [0x7d8593, 0x98a1b0, 0x454b57, 0xc3cad6]),
    (Ink::TargetFill, "target-fill", [0xe1e3e8, 0x30353d, 0xc6cbd4, 0x3d434e]),
    (Ink::ForwardKl, "forward-kl", [0x0b62c4, 0x6db0ff, 0x00449c, 0x8ac2ff]),
    (Ink::ReverseKl, "reverse-kl", [0xc0410a, 0xff8f5c, 0x992c00, 0xffa57c]),
    (Ink::JensenShannon, "jensen-shannon", [0x097455, 0x4fd0a4, 0x00543b, 0x6ce6b9]),
    (Ink::TotalVariation, "total-variation", [0x806300, 0xd9b84a, 0x5c4700, 0xf2d065]),
    (Ink::Hellinger, "hellinger", [0x7a4a2b, 0xcf9a76, 0x5e3318, 0xe8b592]),
    (Ink::ChiSquared, "chi-squared", [0xb3377f, 0xf08cc0, 0x8f1c60, 0xffa6d2]),
    (Ink::Wasserstein1, "wasserstein-1", [0x7a2fb0, 0xc79bff, 0x5b1391, 0xd6b5ff]),
    (Ink::Wasserstein2, "wasserstein-2", [0x8e45b8, 0xb08be0, 0x702a9b, 0xc7a6f5]),
    (Ink::Positive, "positive", [0xf3c3ab, 0x6a3a24, 0xf0a17a, 0x8f4c2d]),
    (Ink::Negative, "negative", [0xbcd6f2, 0x2d5c8c, 0x8bb8ea, 0x356aa3]),
    (Ink::Infinite, "infinite", [0xf7e3dc, 0x43261c, 0xf5c9b8, 0x61331f]),
];

impl Ink {
    /// The name of the CSS custom property with this colour, without its two dashes.
    #[must_use]
    pub fn css_name(self) -> &'static str {
        INKS[self as usize].1
    }

    /// The names of the CSS custom properties of all inks, without their two dashes.
    pub fn css_names() -> impl Iterator<Item = &'static str> {
        INKS.iter().map(|row| row.1)
    }

    /// The ink whose colour in [`Theme::Light`] is `rgb`.
    #[must_use]
    pub fn of(rgb: (u8, u8, u8)) -> Option<Self> {
        let hex = (u32::from(rgb.0) << 16) | (u32::from(rgb.1) << 8) | u32::from(rgb.2);
        INKS.iter().find(|row| row.2[0] == hex).map(|row| row.0)
    }
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::ContrastLight, Self::ContrastDark];

    /// The colour of `ink`.
    #[must_use]
    pub fn colour(self, ink: Ink) -> RGBColor {
        let hex = INKS[ink as usize].2[self as usize];
        let [_, red, green, blue] = hex.to_be_bytes();
        RGBColor(red, green, blue)
    }

    /// The colour of `ink` in CSS notation, `#rrggbb`.
    #[must_use]
    pub fn hex(self, ink: Ink) -> String {
        let RGBColor(red, green, blue) = self.colour(ink);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The name of the theme in CSS and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::ContrastLight => "contrast-light",
            Self::ContrastDark => "contrast-dark",
        }
    }

    /// A CSS declaration for each ink: `--target:#7d8593;…`.
    #[must_use]
    pub fn css(self) -> String {
        INKS.iter().map(|&(ink, name, ..)| format!("--{name}:{};", self.hex(ink))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn each_ink_stands_at_its_own_place_in_the_table() {
        for (place, row) in INKS.iter().enumerate() {
            assert_eq!(row.0 as usize, place, "{:?} is out of place", row.0);
        }
    }

    #[test]
    fn a_light_colour_tells_its_ink() {
        for &(ink, ..) in &INKS {
            let RGBColor(red, green, blue) = Theme::Light.colour(ink);
            assert_eq!(Ink::of((red, green, blue)), Some(ink), "two inks share a colour");
        }
    }

    #[test]
    fn what_is_read_has_enough_contrast() {
        let read = [
            Ink::Text,
            Ink::Soft,
            Ink::ForwardKl,
            Ink::ReverseKl,
            Ink::JensenShannon,
            Ink::TotalVariation,
            Ink::Hellinger,
            Ink::ChiSquared,
            Ink::Wasserstein1,
            Ink::Wasserstein2,
        ];
        for (theme, least) in Theme::ALL.into_iter().zip([4.5, 4.5, 7.0, 7.0]) {
            for ink in read {
                let ratio = contrast(theme.colour(ink), theme.colour(Ink::Panel));
                assert!(ratio >= least, "{ink:?} on the {} panel: {ratio:.2}", theme.name());
            }
        }
    }
}
