internal import KMeansLocks

/// The model that readers use while a stream learns: they never wait for an update, and the model
/// that they get is whole and does not change.
///
/// ```swift
/// let latest = LatestModel<Float>()
/// latest.publish(stream.latestModel)          // the thread that learns
/// let labels = try latest.model?.assign(points) // any other
/// ```
public final class LatestModel<Scalar: ClusteringScalar>: Sendable {
  private let published = Mutex<KMeansModel<Scalar>?>(nil)

  /// A place without a model yet.
  public init() {}

  /// The model that was published last. The lock is held while a reference is copied.
  public var model: KMeansModel<Scalar>? { published.withLock { $0 } }

  /// Replaces the model; keeps the old one for `nil`.
  public func publish(_ model: KMeansModel<Scalar>?) {
    guard let model else { return }
    published.withLock { $0 = model }
  }
}
