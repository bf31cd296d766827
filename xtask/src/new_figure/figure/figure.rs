//! {Title}: what is drawn, and what the reader does with it.

use divergences::distribution::{Distribution, Gaussian};
use divergences::divergence::Divergence;

use crate::figure::prelude::*;

/// The ends of the x axis are at −EDGE and EDGE.
const EDGE: f64 = 6.0;
/// The range of q's mean.
const MEANS: Kind = Kind::Number { least: -4.0, most: 4.0, step: 0.1 };

parameters! {
    /// The parameters.
    Settings {
        /// The mean of q.
        mean / "mu": f64 = 1.0, MEANS, Front;
        /// The unit.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
    }
}

/// The model that follows from the parameters.
pub struct Model {
    settings: Settings,
    p: Distribution,
    q: Distribution,
    kl: f64,
    tv: f64,
}

/// The figure `{name}`.
pub struct NewFigure;

impl Figure for NewFigure {
    const NAME: &'static str = "{name}";
    const PRESETS: &'static [Preset] =
        &[Preset { name: "near", values: &[] }, Preset { name: "far", values: &[("mu", "3")] }];
    // Hiding the curve of q hides its KL, and the reverse.
    const CURVES: &'static [Curve] = &[Curve::new("q", &["forward-kl"])];
    const QUESTIONS: &'static [Question] = &[Question::new("forward-kl", Asked::Beside(0.0, 5.0))];
    const HEARD: Heard = Heard { readouts: ["forward-kl", "tv"], columns: ["p", "q"] };
    const LAYOUT: Layout = Layout::new(&[Tier::new(58.0, 200.0)], 24.0);

    type Parameters = Settings;
    type Model = Model;

    fn model(settings: &Settings, _: Option<&Model>) -> Model {
        let bell = |mean| Distribution::from(valid(Gaussian::new(mean, 1.0)));
        let (p, q) = (bell(0.0), bell(settings.mean));
        let kl = Divergence::ForwardKl.between(&p, &q);
        let tv = Divergence::TotalVariation.between(&p, &q);
        Model { settings: settings.clone(), p, q, kl, tv }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        vec![
            Readout::number("mu", model.settings.mean).given(),
            Readout::divergence("forward-kl", model.kl, model.settings.unit),
            Readout::number("tv", model.tv),
        ]
    }

    fn axes(_: &Model) -> Vec<Axes> {
        vec![Axes::fixed(-EDGE..EDGE, 0.0..0.5)]
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        let [plot] = plots else { return };
        let kl = Readout::divergence("forward-kl", model.kl, model.settings.unit).text(texts);
        let name = texts.label("{name}.heading", &[]);
        let about = texts.label("{name}.about", &[]);
        plot.heading(&Heading::new(46.0, name, Ink::ForwardKl, plot.picture.told("forward-kl", kl), about));
        plot.density(&model.p, DensityStyle::TARGET);
        plot.part("q", || plot.density(&model.q, DensityStyle::model(Ink::ForwardKl)));
        plot.x_axis(0.0, true);
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Settings>> {
        let mean = model.settings.mean;
        let handle = Handle::new(0, (mean, model.q.density(mean)), Ink::ForwardKl)
            .step(0.1, 0.0)
            .named(texts.get("{name}.handle.q").to_owned(), number::fixed(mean, 2))
            .on("q");
        vec![handle.drags(|settings: &mut Settings, to| {
            // Rounding to what pixels can show keeps addresses short.
            settings.mean = MEANS.bounded((to.x * 100.0).round() / 100.0);
        })]
    }

    fn table(model: &Model) -> Table {
        let columns: [(&str, &dyn Fn(f64) -> f64); 2] =
            [("p", &|x| model.p.density(x)), ("q", &|x| model.q.density(x))];
        Table::sampled("x", -EDGE..EDGE, 301, &columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bells_of_equal_width_differ_by_half_their_distance_squared() {
        let model = NewFigure::model(&Settings { mean: 3.0, ..Settings::default() }, None);
        assert!((model.kl - 4.5).abs() < 1e-14, "{}", model.kl);
    }
}
