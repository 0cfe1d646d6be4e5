# The tool on a small Debian: docker run --rm -v "$PWD:/data" kmeans fit points.csv -k 12
FROM swift:6.3-bookworm AS build
# What the build needs; versions are those of the image's Debian.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends libopenblas-dev liblapacke zlib1g-dev python3-minimal \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN DESTDIR=/installed Scripts/install /usr/local

FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends libopenblas0-pthread liblapacke zlib1g \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 1000 --create-home kmeans
COPY --from=build /installed/ /
USER 1000
WORKDIR /data
ENTRYPOINT ["kmeans"]
CMD ["--help"]
