import KMeansFiles
import Testing
import VectorIO

/// Times in text: seconds, and dates and times of ISO 8601.
@Suite struct TimestampTests {
  /// What `datetime.fromisoformat(text).timestamp()` of Python 3.12 says.
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0.0), ("2026-11-21T09:30:00Z", 1795253400),
      ("2024-02-29T23:59:59.999999Z", 1709251199.999999), ("2000-02-29T00:00:00Z", 951_782_400),
      ("1900-03-01T00:00:00Z", -2_203_891_200), ("1969-12-31T23:59:59.5Z", -0.5),
      ("0001-01-01T00:00:00Z", -62_135_596_800),
      ("9999-12-31T23:59:59.999999Z", 253402300800.0),
      ("2026-11-21T09:30:00.1-11:30", 1795294800.1), ("2026-01-01T00:30:00+01:00", 1767223800),
      ("1600-02-29T12:00:00Z", -11_670_955_200), ("2100-03-01T00:00:00Z", 4_107_542_400),
    ])
  func `python agrees`(text: String, seconds: Double) throws {
    #expect(try time(text) == seconds)
  }

  @Test(
    arguments: [
      "2026-11-21T09:30:00Z", "2026-11-21t09:30:00z", "2026-11-21 09:30:00", "2026-11-21T09:30",
      "2026-11-21T09:30Z", "2026-11-21T10:30:00+01:00", "2026-11-21T10:30+01",
      "2026-11-21 04:00:00-0530", "2026-11-21T09:30:00.0Z", "2026-11-21T09:30:00,000000000000Z",
      "2026-11-21T09:29:60Z", "2026-11-22T08:30:00+23:00", "2026-11-20T10:30:00.000-23",
      "1795253400", "1.7952534e9", " 2026-11-21T09:30:00Z ", "\"2026-11-21T09:30:00Z\"",
    ])
  func `ways to write one time`(text: String) throws {
    #expect(try time(text) == 1_795_253_400)
  }

  @Test func fractions() throws {
    #expect(try time("1970-01-01T00:00:01.25Z") == 1.25)
    #expect(try time("1970-01-01T00:00:00.000000001Z") == 1e-9)
    #expect(try time("1970-01-01T00:00:00.0000000019Z") == 1e-9)
    #expect(try time("2026-11-21T09:30:00.123456789Z") == 1795253400.123456789)
    // A fraction is rounded once, as the number is.
    for micro in stride(from: 0, to: 1_000_000, by: 7919) {
      let digits = String(repeating: "0", count: 6 - "\(micro)".count) + "\(micro)"
      #expect(try time("2026-11-21T09:30:00.\(digits)Z") == time("1795253400.\(digits)"))
    }
  }

  /// Days of ten thousand years, and fractions, there and back.
  @Test func `a time in the form in which it was read`() throws {
    func values(_ field: String) throws -> AuxiliaryValues {
      try rowsWithAuxiliaryColumns("t,x\n\(field),1\n", AuxiliaryColumns(time: "t")).auxiliary
    }
    let dates = try values("2026-11-21T09:30:00Z")
    #expect(dates.timeLines == [2] && dates.hasDates)
    for text in [
      "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.5Z", "0000-01-01T00:00:00Z",
      "9999-12-31T23:59:58Z", "2000-02-29T23:59:59.000001Z", "1900-03-01T12:34:56.789Z",
    ] {
      #expect(try dates.timeText(time(text)) == text)
    }
    for day in stride(from: -719_528, to: 2_932_897, by: 2477) {
      let text = dates.timeText(Double(day) * 86_400)
      #expect(text.hasSuffix("T00:00:00Z") && text.count == 20)
      #expect(try time(text) == Double(day) * 86_400)
    }
    #expect(dates.timeText(1e18) == "1e+18" && dates.timeText(-1e12) == "-1000000000000.0")
    let numbers = try values("1795253400")
    #expect(numbers.timeText(numbers.times[0]) == "1795253400.0" && !numbers.hasDates)
  }

  @Test func `a date is its midnight`() throws {
    #expect(try time("1970-01-02") == 86_400)
    #expect(try time("2026-11-21") == 1_795_219_200)
  }

  /// The last day of every month of 9,998 years, and the day after it.
  @Test func `every month`() throws {
    var text = ""
    func pad(_ number: Int, _ count: Int) -> String {
      String(repeating: "0", count: count - "\(number)".count) + "\(number)"
    }
    for year in 1...9998 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        .enumerated()
      {
        let (next, nextYear) = month == 11 ? (1, year + 1) : (month + 2, year)
        text += "\(pad(year, 4))-\(pad(month + 1, 2))-\(pad(length, 2)),1\n"
        text += "\(pad(nextYear, 4))-\(pad(next, 2))-01,1\n"
      }
    }
    let times = try rowsWithAuxiliaryColumns(
      Array(text.utf8), AuxiliaryColumns(time: "1"), as: Double.self, count: 1000
    ).auxiliary.times
    try #require(times.count == 239_952)
    let days = stride(from: 0, to: times.count, by: 2).map { Int(times[$0] / 86_400) }
    // datetime of Python 3.12: the days since 1970 of all these last days.
    #expect(days.reduce(0, +) == 132_777_246_814)
    #expect(
      stride(from: 0, to: times.count, by: 2).allSatisfy { times[$0] + 86_400 == times[$0 + 1] })
  }

  @Test(
    arguments: [
      "abc", "2026", "2026-11", "2026-11-2", "2026-11-21T", "2026-11-21T09", "2026-11-21T9:30",
      "2026-11-21T09:30:", "2026-11-21T09:30:00.", "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00+",
      "2026-11-21T09:30:00+1", "2026-11-21T09:30:00+01:", "2026-11-21T09:30:00+01:0",
      "2026-11-21T09:30:00Zx", "2026-11-21T09:30:00 UTC", "2026-11-21T09:30:00+01:00:00",
      "2026/11/21", "21.11.2026", "2026-11-21x09:30", "2026-11-21Z", "-2026-11-21",
      "2026-1a-21", "nan", "NA",
    ])
  func `what is no time`(text: String) throws {
    // A number that is a year is a number of seconds.
    if text == "2026" { return #expect(try time(text) == 2026) }
    let error = failure { _ = try time(text) }
    #expect(
      error
        == malformed(
          .field(line: 2, column: 1),
          "expected a time, in seconds or such as 2026-11-21T09:30:00Z, found '\(text)'"))
  }

  @Test(
    arguments: [
      ("2026-00-21", "a month from 1 to 12"), ("2026-13-21", "a month from 1 to 12"),
      ("2026-02-29", "a day from 1 to 28"), ("1900-02-29", "a day from 1 to 28"),
      ("2024-02-30", "a day from 1 to 29"), ("2000-02-30", "a day from 1 to 29"),
      ("2026-04-31", "a day from 1 to 30"), ("2026-12-32", "a day from 1 to 31"),
      ("2026-12-00", "a day from 1 to 31"), ("2026-11-21T24:00", "an hour from 0 to 23"),
      ("2026-11-21T09:60", "a minute from 0 to 59"),
      ("2026-11-21T09:30:61", "a second from 0 to 60"),
      ("2026-11-21T09:30+24", "an offset of hours from 0 to 23"),
      ("2026-11-21T09:30+01:60", "an offset of minutes from 0 to 59"),
    ])
  func `what no time can be`(text: String, part: String) throws {
    let error = failure { _ = try time(text) }
    #expect(
      error
        == malformed(.field(line: 2, column: 1), "expected a time with \(part), found '\(text)'"))
  }

  @Test func `an empty field is no time`() throws {
    let error = failure {
      _ = try rowsWithAuxiliaryColumns("t,x\n,1\n", AuxiliaryColumns(time: "t"))
    }
    #expect(
      error
        == malformed(
          .field(line: 2, column: 1),
          "expected a time, in seconds or such as 2026-11-21T09:30:00Z, found an empty field"))
  }
}
