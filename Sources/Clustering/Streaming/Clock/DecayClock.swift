private import KMeansCLibrary

/// The clock by which the weights of a stream decay: forward decay against a landmark (Cormode,
/// Shkapenyuk, Srivastava and Xu, "Forward decay: a practical time decay model for streaming
/// systems", ICDE 2009).
///
/// A weight is kept in units that grow: an event at time t counts 2^((t - landmark) / h) of them,
/// and dividing by the growth of the present makes a decayed weight of it. No weight has to be
/// decayed when time passes, and late events and other shards are simply added.
struct DecayClock: Sendable, Hashable {
  /// Half-lives in a unit of time.
  private(set) var rate: Double
  /// The time whose events count 1. Earlier ones are left out: it lies so far back that hardly any
  /// of their weight would be left.
  private(set) var landmark: Double
  /// The latest time that was seen.
  private(set) var latest: Double

  /// The half-lives before the latest time in which events may happen, at least.
  static var reach: Double { 100 }
  /// Half-lives after the landmark at which it moves, far from where 2^x overflows a Double.
  private static var limit: Double { 400 }

  /// A clock that shows `time`.
  init(_ forgetting: Forgetting, at time: Double) {
    let rate = forgetting.halfLivesPerUnit
    // A half-life of which a hundred are more than a Double holds is as good as none.
    self.init(
      rate: (Self.reach / rate).isFinite ? rate : 0, landmark: time, latest: time)
    landmark = reachBack
  }

  init(rate: Double, landmark: Double, latest: Double) {
    self.rate = rate
    self.landmark = landmark
    self.latest = latest
  }

  private var reachBack: Double {
    switch rate {
    case 0: -.infinity
    case .infinity: latest
    default: latest - Self.reach / rate
    }
  }

  /// The weight of an event at a time, in units of the landmark.
  func growth(at time: Double) -> Double {
    switch rate {
    case 0: 1
    case .infinity: time == latest ? 1 : 0
    default: exp2((time - landmark) * rate)
    }
  }

  /// The weight of a present event, in units of the landmark.
  var now: Double { growth(at: latest) }

  /// The share of an event's weight that is left now.
  func kept(since time: Double) -> Double {
    time == latest ? 1 : exp2((time - latest) * rate)
  }

  /// Whether an event is so early that it is left out.
  func isBeforeLandmark(_ time: Double) -> Bool { rate.isFinite && time < landmark }

  /// The half-lives since a time; NaN where no time has passed and half-lives are 0.
  func halfLives(since time: Double) -> Double { (latest - time) * rate }

  /// Lets time pass, where `time` is later than the latest.
  ///
  /// - Returns: the factor by which all weights in units of the landmark have to be multiplied.
  mutating func advance(to time: Double) -> Double {
    guard time > latest else { return 1 }
    latest = time
    if rate == .infinity {
      landmark = time
      return 0
    }
    guard (latest - landmark) * rate > Self.limit else { return 1 }
    return move(landmark: reachBack)
  }

  /// Moves the landmark.
  ///
  /// - Returns: as ``advance(to:)``.
  mutating func move(landmark new: Double) -> Double {
    guard rate > 0, rate.isFinite, new != landmark else { return 1 }
    defer { landmark = new }
    return exp2((landmark - new) * rate)
  }
}
