//! The curves over the weight π, and what the draws have told.

use std::f64::consts::LN_2;

use super::{JsMixture, Model, PLACES, entropy};
use crate::figure::prelude::*;
use crate::figure::weights::outcome_name;
use crate::figures::family::{ONE_BY_ONE, letter};
use crate::plot::below_band;

/// Draws the curves over π, their ends and the entropy.
pub(super) fn draw_curves(model: &Model, plot: &Plot, texts: &Texts) {
    let words = [("coin", plot.picture.told("coin", model.digits(entropy(model.coin.pi), LN_2)))];
    let pi = number::fixed(model.coin.pi, 2);
    let [name, about] = ["js-mixture.coin", "js-mixture.entropy"].map(|key| texts.label(key, &words));
    plot.heading(&Heading::new(50.0, name, Ink::Text, pi, about));
    // The samples are denser at the ends, where the curves are steep.
    let places =
        || (0..=PLACES).map(|i| (90.0 * f64::from(i) / f64::from(PLACES)).to_radians().sin().powi(2));
    let curve = |of: &dyn Fn(f64) -> f64| places().map(|pi| (pi, model.in_unit(of(pi)))).collect::<Vec<_>>();
    // Curves end below the band for ∞.
    let ends = ["js-over-pi", "js-over-rest"].into_iter().zip(model.ends);
    let infinite = ends.into_iter().any(|(key, end)| end == f64::INFINITY && plot.picture.shows(key));
    let panel = if infinite { below_band(plot.panel) } else { plot.panel.clone() };
    let room = Plot { panel: &panel, ..*plot };
    if infinite {
        plot.infinite_band("", None);
    }
    plot.part("coin", || {
        room.line(&curve(&entropy), Ink::Soft, Stroke::dashed(1.4, &[2.0, 4.0]));
        room.leaving(&curve(&entropy), Ink::Soft);
    });
    let draw = |key: &'static str, end: f64, ink, of: &dyn Fn(f64) -> f64| {
        plot.part(key, || {
            room.line(&curve(of), ink, Stroke::solid(2.2));
            let height = model.in_unit(of(end));
            let label = texts.label(&format!("js-mixture.{key}"), &[("value", number::fixed(height, 3))]);
            plot.end_of_curve(end, height, &label, ink);
        });
    };
    draw("js-over-pi", 0.0, Ink::ForwardKl, &|pi| model.at(pi).over_weight);
    draw("js-over-rest", 1.0, Ink::ReverseKl, &|pi| model.at(pi).over_rest);
    plot.part("js", || {
        plot.line(&curve(&|pi| model.at(pi).value), Ink::JensenShannon, Stroke::solid(3.0));
        // The label stands at the end at which the other curve is high.
        let at = if model.ends[0] > model.ends[1] { 0.3 } else { 0.7 };
        let Point { x, y } = plot.pixel(at, model.in_unit(model.at(at).value));
        let style = TextStyle::new(Ink::JensenShannon, 15.0).bold();
        plot.picture.label(Point { x, y: y - 13.0 }, "JS", style);
    });
    plot.cursor(model.coin.pi);
    plot.x_axis(0.0, true);
}

/// Draws what the draws have told.
pub(super) fn draw_told(model: &Model, plot: &Plot, texts: &Texts) {
    let mut words = vec![("draws", model.coin.draws.to_string())];
    let mut key = "js-mixture.draws.none";
    if model.coin.draws > ONE_BY_ONE {
        key = "js-mixture.draws.many";
    } else if let Some(&(outcome, from_p)) = model.draws[..model.coin.draws as usize].last() {
        key = "js-mixture.draws";
        words.extend([
            ("outcome", outcome_name(JsMixture::NAME, outcome, texts)),
            ("source", letter(from_p)),
            ("before", number::per_cent(model.coin.pi, 0)),
            ("after", model.posterior(outcome)),
        ]);
    }
    plot.title(&texts.label(key, &words), Ink::Soft);
    plot.part("mean-told", || {
        let told = model.told_so_far().iter().map(|&(draws, mean)| (draws, model.in_unit(mean)));
        let told: Vec<_> = told.collect();
        plot.line(&told, Ink::Text, Stroke::solid(2.0));
        plot.leaving(&told, Ink::Text);
    });
    plot.part("js", || {
        let js = model.in_unit(model.now.value);
        let value = model.digits(model.now.value, entropy(model.coin.pi));
        let words = texts.label("js-mixture.mean", &[("value", value)]);
        plot.named_level(js, &words, false, Ink::JensenShannon, Stroke::dashed(2.0, &[7.0, 4.0]));
    });
    plot.base();
    plot.x_axis(plot.panel.y.start, true);
}
