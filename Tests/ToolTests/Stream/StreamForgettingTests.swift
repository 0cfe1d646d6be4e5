import Foundation
import Testing

/// What is forgotten when.
@Suite struct StreamForgettingTests {
  @Test func `three forms of one thing`() throws {
    let place = Workplace.withStream()
    let command = "a.csv b.csv -k 2 --init start.npy"
    let lines = try place.trace("\(command) --decay-factor 0.5")
    #expect(try place.trace("\(command) --forgetfulness 0.5") == lines)
    #expect(try place.trace("\(command) --half-life 1") == lines)
    #expect(lines[1].weights == [2, 1])
    #expect(try place.trace(command)[1].weights == [3, 2])
  }

  @Test func `time in points`() throws {
    let place = Workplace.withStream()
    let lines = try place.trace(
      "a.csv b.csv -k 2 --init start.npy --half-life 1 --time-unit points")
    #expect(lines.map(\.time) == [4, 5])
    // Of four points the last is whole, the one before half, and so on.
    #expect(lines[0].weights == [0.125 + 0.25, 0.5 + 1])
    #expect(lines[1].weights == [0.1875 + 1, 0.75])
  }

  @Test func `time in seconds where there is a column of times`() throws {
    let place = Workplace.withStream()
    place.write("t,x,y\n100,1,2\n110,10,11\n", to: "s.csv")
    place.write("t,x,y\n120,1,2\n", to: "u.csv")
    let command = "s.csv u.csv -k 2 --init start.npy --half-life 10 --time-column t"
    let lines = try place.trace(command)
    #expect(lines.map(\.time) == [110, 120])
    #expect(lines[0].weights == [0.5, 1])
    #expect(lines[1].weights == [1.25, 0.5])
    let facts = try place.facts(command)
    #expect(facts.unit == "seconds")
    #expect(facts.halfLife == 10)
    #expect(facts.time == 120)
  }

  @Test func `a fixed gain moves by what is forgotten`() throws {
    let place = Workplace.withStream()
    let lines = try place.trace(
      "b.csv -k 2 --init start.npy --init-weight 1 --half-life 1 --gain fixed")
    // Half of the way from (1, 2) to (2, 2); by weight it would be two thirds.
    #expect(lines[0].centroids[0] == [1.5, 2])
    let weighted = try place.trace("b.csv -k 2 --init start.npy --init-weight 1 --half-life 1")
    #expect((weighted[0].centroids[0][0] - 5 / 3).magnitude < 1e-15)
  }

  @Test func `clusters die when they are told to`() throws {
    let place = Workplace.withStream()
    place.write(csv([[0], [1000]]), to: "init.csv")
    place.write(csv([[-1], [-2], [1], [2]]), to: "c.csv")
    let command = "c.csv c.csv c.csv c.csv -k 2 --init init.csv --half-life 1"
    let events = { (options: String) in
      try place.trace("\(command) \(options)").map { $0.events.count }
    }
    #expect(try events("") == [0, 0, 0, 0])
    #expect(try events("--deaths 2") == [0, 2, 0, 0])
    #expect(try events("--deaths never") == [0, 0, 0, 0])
    let spark = "c.csv c.csv -k 2 --init init.csv --init-weight 1 --decay-factor 1e-9"
    #expect(try place.trace("\(spark) --deaths spark")[0].events.map(\.kind) == ["died", "split"])
    #expect(try place.trace("\(spark) --deaths never")[0].events == [])
  }

  @Test func `weights of points`() throws {
    let place = Workplace.withStream()
    place.write("x,y,w\n1,2,1\n2,2,3\n", to: "w.csv")
    let lines = try place.trace("w.csv -k 2 --init start.npy --point-weights w")
    #expect(lines[0].centroids == [[1.75, 2], [10, 11]])
    #expect(lines[0].weights == [4, 0])
  }
}
