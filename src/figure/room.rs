//! Room around handles: near ones share it, so that each can be hit.

use crate::plot::Point;

/// What a handle reaches to each side where nothing is near, in CSS pixels: twice as much is what a thumb hits.
const REACH: f64 = 22.0;

/// What a handle keeps to each side however crowded it is.
const LEAST: f64 = 4.0;

/// How wide and how high it should be at least: WCAG 2.2, criterion 2.5.8.
const TARGET: f64 = 24.0;

/// How far a handle can be taken hold of, from its place to each side, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Room {
    /// To the left and to the right.
    pub x: [f64; 2],
    /// Upwards and downwards.
    pub y: [f64; 2],
}

impl Room {
    /// With nothing near.
    pub(super) const WHOLE: Self = Self { x: [REACH; 2], y: [REACH; 2] };

    fn along(&self, axis: Axis) -> &[f64; 2] {
        match axis {
            Axis::X => &self.x,
            Axis::Y => &self.y,
        }
    }

    fn along_mut(&mut self, axis: Axis) -> &mut [f64; 2] {
        match axis {
            Axis::X => &mut self.x,
            Axis::Y => &mut self.y,
        }
    }

    /// How wide or high it is.
    fn extent(&self, axis: Axis) -> f64 {
        self.along(axis).iter().sum()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

impl Axis {
    const BOTH: [Self; 2] = [Self::X, Self::Y];

    fn other(self) -> Self {
        if self == Self::X { Self::Y } else { Self::X }
    }

    fn of(self, at: Point) -> f64 {
        if self == Self::X { at.x } else { at.y }
    }
}

/// Two handles so near that a line between them parts their room, across `axis`.
#[derive(Clone, Copy, Debug)]
struct Pair {
    /// The one to the left, or above, and the other one.
    members: [usize; 2],
    axis: Axis,
    /// How far they are from each other along `axis`.
    apart: f64,
}

impl Pair {
    fn new(members: [usize; 2], axis: Axis, places: &[Point]) -> Self {
        let [a, b] = members.map(|index| axis.of(places[index]));
        let [first, last] = members;
        Self { members: if a <= b { members } else { [last, first] }, axis, apart: (b - a).abs() }
    }

    fn turned(self, places: &[Point]) -> Self {
        Self::new(self.members, self.axis.other(), places)
    }

    /// The one that handle `index` meets on `side` (0: before it, 1: behind it) along `axis`.
    fn met(&self, index: usize, axis: Axis, side: usize) -> Option<usize> {
        (self.axis == axis && self.members[1 - side] == index).then_some(self.members[side])
    }
}

/// The room of each of `places`: none has another's, unless they almost coincide, and each is [`TARGET`] wide and high if
/// there is a way.
///
/// Each pair of near ones is parted in the middle, across the axis along which they are further apart; where that leaves
/// one too narrow, its neighbours give what they can spare, or a pair is parted across the other axis.
pub(super) fn share(places: &[Point]) -> Vec<Room> {
    let mut pairs = Vec::new();
    for (b, second) in places.iter().enumerate() {
        for (a, first) in places[..b].iter().enumerate() {
            let [right, down] = Axis::BOTH.map(|axis| (axis.of(*second) - axis.of(*first)).abs());
            if right.max(down) < 2.0 * REACH {
                pairs.push(Pair::new([a, b], if right >= down { Axis::X } else { Axis::Y }, places));
            }
        }
    }
    let mut rooms = divide(places, &pairs);
    let mut least = lack(&rooms);
    while least > 0.0 {
        let turn = |index: usize| {
            let mut pairs = pairs.clone();
            pairs[index] = pairs[index].turned(places);
            // Parted there, both would have what is between them.
            (pairs[index].apart >= 2.0 * LEAST).then(|| {
                let rooms = divide(places, &pairs);
                (lack(&rooms), rooms, pairs)
            })
        };
        let best = (0..pairs.len()).filter_map(turn).min_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some(better) if better.0 < least => (least, rooms, pairs) = better,
            _ => break,
        }
    }
    rooms
}

/// By how much handles are narrower or lower than they should be, together.
fn lack(rooms: &[Room]) -> f64 {
    let each = |room: &Room| Axis::BOTH.map(|axis| (TARGET - room.extent(axis)).max(0.0));
    rooms.iter().flat_map(each).sum()
}

/// The room of each of `places` if `pairs` are parted.
fn divide(places: &[Point], pairs: &[Pair]) -> Vec<Room> {
    let mut rooms = vec![Room::WHOLE; places.len()];
    for pair in pairs {
        for (side, index) in pair.members.into_iter().enumerate() {
            let towards = &mut rooms[index].along_mut(pair.axis)[1 - side];
            *towards = towards.min((pair.apart / 2.0).max(LEAST));
        }
    }
    for index in 0..places.len() {
        for axis in Axis::BOTH {
            // Half of it from one side, if the other has the rest.
            for (side, part) in [(0, 0.5), (1, 1.0), (0, 1.0)] {
                widen(index, axis, side, part, pairs, &mut rooms);
            }
        }
    }
    rooms
}

/// Gives handle `index` a `part` of what it lacks, on one `side`, as far as those that it meets there can spare it.
fn widen(index: usize, axis: Axis, side: usize, part: f64, pairs: &[Pair], rooms: &mut [Room]) {
    let lacking = part * (TARGET - rooms[index].extent(axis));
    let own = rooms[index].along(axis)[side];
    if lacking <= 0.0 || own >= REACH {
        return;
    }
    let mut most = REACH;
    for pair in pairs {
        if let Some(met) = pair.met(index, axis, side) {
            let theirs = rooms[met].along_mut(axis);
            let keeps = (TARGET - theirs[side]).max(LEAST);
            theirs[1 - side] = theirs[1 - side].min(keeps.max(pair.apart - own - lacking));
            most = most.min(pair.apart - theirs[1 - side]);
        }
    }
    rooms[index].along_mut(axis)[side] = most.max(LEAST);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(places: &[(f64, f64)]) -> Vec<Room> {
        let places: Vec<_> = places.iter().map(|&(x, y)| Point { x, y }).collect();
        share(&places)
    }

    #[test]
    fn what_is_far_from_others_has_all_the_room() {
        assert_eq!(rooms(&[(0.0, 0.0), (44.0, 0.0), (0.0, 50.0)]), [Room::WHOLE; 3]);
    }

    #[test]
    fn two_near_ones_are_parted_in_the_middle() {
        let [left, right] = rooms(&[(0.0, 0.0), (20.0, 6.0)])[..] else { panic!() };
        assert_eq!((left.x, right.x), ([22.0, 10.0], [10.0, 22.0]));
        assert_eq!((left.y, right.y), ([22.0; 2], [22.0; 2]));
    }

    #[test]
    fn one_between_two_takes_from_both() {
        let [left, between, right] = rooms(&[(0.0, 0.0), (16.0, 0.0), (34.0, 0.0)])[..] else { panic!() };
        assert_eq!(between.extent(Axis::X), TARGET);
        assert_eq!(left.x[1] + between.x[0], 16.0);
        assert_eq!(between.x[1] + right.x[0], 18.0);
        for room in [left, right] {
            assert!(room.extent(Axis::X) >= TARGET, "{room:?}");
        }
    }

    #[test]
    fn where_a_column_is_too_crowded_a_pair_is_parted_sideways() {
        let rooms = rooms(&[(0.0, 0.0), (12.0, 14.0), (12.0, 26.0)]);
        assert_eq!(lack(&rooms), 0.0, "{rooms:?}");
    }

    #[test]
    fn those_that_coincide_keep_a_little() {
        let rooms = rooms(&[(0.0, 0.0), (0.0, 0.0)]);
        assert!(rooms.iter().all(|room| room.x.into_iter().chain(room.y).all(|side| side >= LEAST)));
    }
}
