internal import KMeansFiles

// What a stream remembers of its drift, as sections of an archive: there are none where it watches
// none, and in files of earlier versions.
extension StreamDrift {
  func write(to archive: inout Archive) {
    archive.set("driftReference", reference)
    archive["driftStep"] = .doubles(step.values + [unsettled])
    for (kind, test) in zip(DriftEvent.Kind.allCases, tests) {
      archive["driftTest.\(kind.rawValue)"] = .doubles(test.values)
    }
  }
}

extension DriftParameters {
  func write(to archive: inout Archive) {
    archive["driftParameters"] = .doubles([delta, lambda, Double(minimumBatches)])
  }
}

extension ArchivedStream {
  /// The parameters of the alarms; `nil` where drift is not watched.
  func driftParameters() throws -> DriftParameters? {
    guard archive["driftParameters"] != nil else { return nil }
    let values: [Double] = try archive.vector("driftParameters")
    guard values.count == 3, let least = Int(exactly: values[2]) else {
      throw problem("driftParameters", "is \(values), expected delta, lambda and a whole number")
    }
    var parameters = DriftParameters()
    (parameters.delta, parameters.lambda) = (values[0], values[1])
    parameters.minimumBatches = least
    return parameters
  }

  /// What the stream remembers of its drift.
  ///
  /// - Parameter clusters: those that it goes on with.
  func drift(_ clusters: StreamClusters?) throws -> StreamDrift? {
    guard archive["driftReference"] != nil else { return nil }
    let reference = try archive.matrix("driftReference", as: Double.self)
    guard let clusters, reference.rows == clusters.count, reference.columns == clusters.columns,
      reference.values.allSatisfy(\.isFinite)
    else {
      throw problem(
        "driftReference",
        "has \(reference.rows) x \(reference.columns) values, expected finite ones, as many as "
          + "the section 'centers'")
    }
    let values = reference.values
    var drift = StreamDrift(
      reference: try Matrix(values.span, columns: reference.columns))
    let step: [Double] = try archive.vector("driftStep")
    guard let found = DriftStep(values: step.dropLast()),
      step.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      throw problem("driftStep", "has \(counted(step.count, "value")), expected 8, not negative")
    }
    (drift.step, drift.unsettled) = (found, step[7])
    for (place, kind) in DriftEvent.Kind.allCases.enumerated() {
      let name = "driftTest.\(kind.rawValue)"
      guard let test = PageHinkley(values: try archive.vector(name)) else {
        throw problem(name, "is no state of a test")
      }
      drift.tests[place] = test
    }
    return drift
  }
}

extension DriftStep {
  fileprivate var values: [Double] {
    [points, weight, inertia, shares, shareCount, offsets, offsetCount]
  }

  fileprivate init?(values: ArraySlice<Double>) {
    guard values.count == 7, values.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    (points, weight, inertia) = (values[0], values[1], values[2])
    (shares, shareCount) = (values[3], values[4])
    (offsets, offsetCount) = (values[5], values[6])
  }
}

extension PageHinkley {
  /// Four numbers, then pairs of a figure and its precision.
  fileprivate var values: [Double] {
    [count, mean, variance, statistic] + zip(first, firstPrecisions).flatMap { [$0, $1] }
  }

  fileprivate init?(values: [Double]) {
    guard values.count >= 4, values.count.isMultiple(of: 2), values.allSatisfy(\.isFinite),
      values[0] >= 0, values[2] >= 0, values[3] >= 0
    else { return nil }
    (count, mean, variance, statistic) = (values[0], values[1], values[2], values[3])
    for place in stride(from: 4, to: values.count, by: 2) {
      guard values[place + 1] > 0 else { return nil }
      first.append(values[place])
      firstPrecisions.append(values[place + 1])
    }
  }
}
