# Two stages: the first has pip and the build backend, the second only what runs.
# Debian, not Alpine: the embedded PostgreSQL's binaries need glibc.
FROM python:3.13-slim-bookworm AS build
WORKDIR /build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/build && python -m venv --without-pip /opt/scooty
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN /opt/build/bin/pip install --require-hashes -r requirements/build.txt \
    && /opt/build/bin/pip --python /opt/scooty/bin/python install --require-hashes -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY actors actors
COPY sandbox sandbox
COPY scooty scooty
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/build/bin/pip --python /opt/scooty/bin/python install --no-deps dist/*.whl
# Babel brings the rules of a thousand locales, 30 MB; Scooty speaks two languages.
RUN find /opt/scooty/lib -path '*/babel/locale-data/*' ! -name 'root.dat' ! -name 'en*.dat' ! -name 'fr*.dat' -delete

FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Scooty" \
      org.opencontainers.image.description="The scouting desk of a competitive Magic: The Gathering team, in Discord" \
      org.opencontainers.image.licenses="MIT"
RUN useradd --create-home --uid 10001 scooty && mkdir /data && chown scooty /data
COPY --from=build /opt/scooty /opt/scooty
ENV PATH=/opt/scooty/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORT=8080 SCOOTY_STATE_DIR=/data
USER scooty
WORKDIR /home/scooty
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/livez', timeout=4)"]
CMD ["scooty", "run"]
