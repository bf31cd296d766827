//! The tests of `kl-fit` alone.

use browser::{Outcome, keys};

use crate::trial::tests;
use crate::visit::visit;

tests![
    a_mode_follows_the_pointer_to_the_pixel,
    taking_hold_of_a_fit_starts_both_fits_there,
    from_the_far_left_reverse_kl_ends_on_the_left_mode,
];

fn a_mode_follows_the_pointer_to_the_pixel() -> Outcome {
    visit("", |page| {
        let figure = page.figure("kl-fit")?;
        let before = figure.rings()?[0].clone();
        figure.drag(0, 30.0, 0.0)?;
        figure.settle()?;
        let after = &figure.rings()?[0];
        assert!((after.x - before.x - 30.0).abs() < 1.5, "30 px are {} px", after.x - before.x);
        assert_ne!(figure.value("p")?, figure.library()?.get("p").unwrap_or_default(), "p has changed");
        Ok(())
    })
}

fn taking_hold_of_a_fit_starts_both_fits_there() -> Outcome {
    visit("", |page| {
        let figure = page.figure("kl-fit")?;
        let rings = figure.rings()?;
        let fit = rings.iter().rposition(|ring| ring.free).ok_or("the reverse fit can be taken hold of")?;
        figure.drag(fit, -60.0, 0.0)?;
        figure.agrees("dragging a fit")?;
        assert_eq!(figure.value("step")?, "0", "the fits start anew");
        let told = figure.told()?;
        let mean = |key: &str| told.iter().find(|shown| shown.key == key).map(|shown| shown.value.clone());
        assert_eq!(mean("forward-mean"), mean("reverse-mean"), "both start at the same place");
        Ok(())
    })
}

fn from_the_far_left_reverse_kl_ends_on_the_left_mode() -> Outcome {
    visit("?kl-fit.mu=-4&kl-fit.rate=0.3&kl-fit.step=0", |page| {
        let figure = page.figure("kl-fit")?;
        figure.press("input[data-slide=step]", keys::END)?;
        figure.agrees("the last step")?;
        assert_eq!(figure.value("step")?, "300", "End goes to the last step");
        let told = figure.told()?;
        let value = |key: &str| -> Outcome<f64> {
            let shown = told.iter().find(|shown| shown.key == key).ok_or_else(|| format!("no {key}"))?;
            Ok(shown.value.parse()?)
        };
        assert!((value("reverse-mean")? + 2.6).abs() < 0.05, "reverse: {}", value("reverse-mean")?);
        assert!(value("forward-mean")?.abs() < 0.1, "forward: {}", value("forward-mean")?);
        assert_eq!(value("reverse-minima")?, 3.0, "one on each mode and one that covers both");
        Ok(())
    })
}
