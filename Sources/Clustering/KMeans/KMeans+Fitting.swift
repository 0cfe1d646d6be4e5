extension KMeans {
  /// Begins a fit beside other tasks, on a thread that does not belong to them. Where
  /// ``Execution/threads`` asks for more than that one, helpers come from Dispatch, which on Linux
  /// shares them with all tasks: set it to 1 for several fits at once.
  ///
  /// ```swift
  /// let fitting = KMeans(clusterCount: 32).fitting(points)
  /// for try await iteration in fitting.iterations { show(iteration.number) }
  /// let model = try await fitting.result.model
  /// ```
  ///
  /// The bits are those of ``fit(_:weights:from:onIteration:)-(Matrix<Scalar>,_,_,_)``.
  ///
  /// - Parameters:
  ///   - points: n rows of d finite values; kept until the fit ends, and not copied.
  ///   - weights: one finite, non-negative weight a point, or nothing for 1 each.
  ///   - initial: k rows of d values to start from; ``initialization`` and ``runs`` are not used
  ///     then.
  public func fitting<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, weights: [Double]? = nil, from initial: Matrix<Scalar>? = nil
  ) -> Fitting<Scalar> {
    Fitting { (onIteration) throws(ClusteringError) in
      try fit(points, weights: weights?.span, from: initial, onIteration: onIteration)
    }
  }

  /// A fit that goes on beside other tasks.
  ///
  /// It ends early, with ``ClusteringError/cancelled``, when a task that awaits it is cancelled,
  /// when ``cancel()`` is called, and when nobody holds it, or its iterations, any more.
  public final class Fitting<Scalar: ClusteringScalar>: Sendable {
    /// The iterations as they come; none is lost, however late they are asked for.
    ///
    /// They end where the fit ends, and throw its error where it has one. One loop may go over
    /// them. A loop that is left early leaves the fit alone.
    public let iterations: AsyncThrowingStream<Iteration, any Error>
    private let task: Task<Result<Fit<Scalar>, ClusteringError>, Never>

    fileprivate init(
      _ body:
        @escaping @Sendable (_ onIteration: (Iteration) -> Void) throws(ClusteringError) ->
        Fit<Scalar>
    ) {
      let (iterations, continuation) = AsyncThrowingStream.makeStream(of: Iteration.self)
      let task = Task(executorPreference: ComputingThread()) {
        () -> Result<Fit<Scalar>, ClusteringError> in
        do throws(ClusteringError) {
          let fit = try body { continuation.yield($0) }
          continuation.finish()
          return .success(fit)
        } catch {
          continuation.finish(throwing: error)
          return .failure(error)
        }
      }
      continuation.onTermination = { if case .cancelled = $0 { task.cancel() } }
      self.iterations = iterations
      self.task = task
    }

    /// What the fit found, once it has ended.
    ///
    /// - Throws: ``ClusteringError`` where a parameter or a value is wrong, or the fit was
    ///   cancelled.
    public var result: Fit<Scalar> {
      get async throws(ClusteringError) {
        let found = await withTaskCancellationHandler {
          await task.value
        } onCancel: {
          task.cancel()
        }
        return try found.get()
      }
    }

    /// Ends the fit soon, within a fraction of a pass over the points.
    public func cancel() { task.cancel() }
  }
}
