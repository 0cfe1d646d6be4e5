internal import KMeansFiles

// Parameters as sections of an archive.
extension StreamingParameters {
  /// Sets the sections of the parameters.
  func write(to archive: inout Archive) {
    archive["clusterCount"] = .int(Int64(clusterCount))
    archive["seed"] = .int(Int64(bitPattern: seed))
    let (pace, value): (String, Double) =
      switch forgetting.pace {
      case .never: ("never", 0)
      case .decayFactor(let factor): ("decayFactor", factor)
      case .forgetfulness(let share): ("forgetfulness", share)
      case .halfLife(let time): ("halfLife", time)
      }
    archive["pace"] = .string(pace)
    archive["paceValue"] = .double(value)
    archive["unit"] = .string(forgetting.unit.rawValue)
    archive["gain"] = .string(gain.rawValue)
    switch deaths {
    case .never: archive["deaths"] = .string("never")
    case .spark: archive["deaths"] = .string("spark")
    case .afterHalfLives(let time):
      archive["deaths"] = .string("afterHalfLives")
      archive["lifetime"] = .double(time)
    }
    switch start {
    case .firstRows(let rows):
      archive["start"] = .string("firstRows")
      if let rows { archive["firstRows"] = .int(Int64(rows)) }
    case .gaussian(let dimension, let weight):
      archive["start"] = .string("gaussian")
      archive["startDimension"] = .int(Int64(dimension))
      archive["startWeight"] = .double(weight)
    }
    distance.write(to: &archive)
    archive["standardizes"] = .int(standardizes ? 1 : 0)
    archive["maxTimeJump"] = .double(maxTimeJump)
    archive["rules"] = .string(rules.rawValue)
    drift?.write(to: &archive)
    if leavesOutZeroRows == true { archive["leavesOutZeroRows"] = .int(1) }
  }
}

extension ArchivedStream {
  /// The parameters, valid ones.
  func parameters() throws -> StreamingParameters {
    var parameters = StreamingParameters(
      clusterCount: try archive.count("clusterCount"), forgetting: try forgetting(),
      seed: UInt64(bitPattern: try archive.int("seed")))
    parameters.gain = try choice("gain")
    parameters.deaths = try deaths()
    parameters.start = try start()
    parameters.distance = try DistanceMeasure(archive)
    parameters.standardizes = try archive.flag("standardizes")
    parameters.maxTimeJump = try archive.double("maxTimeJump")
    parameters.rules = try choice("rules")
    parameters.drift = try driftParameters()
    if archive["leavesOutZeroRows"] != nil {
      parameters.leavesOutZeroRows = try archive.flag("leavesOutZeroRows") ? true : nil
    }
    do {
      try parameters.validate()
    } catch {
      throw FileError.malformed(
        path: archive.path, place: .wholeFile, problem: "the parameters of the stream: \(error)")
    }
    return parameters
  }

  private func forgetting() throws -> Forgetting {
    let value = try archive.double("paceValue")
    let pace: Forgetting.Pace =
      switch try archive.string("pace") {
      case "never": .never
      case "decayFactor": .decayFactor(value)
      case "forgetfulness": .forgetfulness(value)
      case "halfLife": .halfLife(value)
      case let other: throw problem("pace", "is '\(other)', which is no pace of forgetting")
      }
    return Forgetting(pace, try choice("unit"))
  }

  private func deaths() throws -> StreamingParameters.Deaths {
    switch try archive.string("deaths") {
    case "never": .never
    case "spark": .spark
    case "afterHalfLives": .afterHalfLives(try archive.double("lifetime"))
    case let other: throw problem("deaths", "is '\(other)', which is no rule for deaths")
    }
  }

  private func start() throws -> StreamingParameters.Start {
    switch try archive.string("start") {
    case "firstRows": .firstRows(archive["firstRows"] == nil ? nil : try archive.count("firstRows"))
    case "gaussian":
      .gaussian(
        dimension: try archive.count("startDimension"), weight: try archive.double("startWeight"))
    case let other: throw problem("start", "is '\(other)', which is no start")
    }
  }

  private func choice<Value: RawRepresentable<String>>(_ name: String) throws -> Value {
    let text = try archive.string(name)
    guard let value = Value(rawValue: text) else {
      throw problem(name, "is '\(text)', which is none that is known")
    }
    return value
  }
}
