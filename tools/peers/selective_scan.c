/*
 * The selective scan in C, forward and backward: what a processor does without a driver in between.
 * scan_c.ts builds it for vectors of 8 or 16 lanes; scan_time.ts times the forward beside the kit's
 * kernel, and torch_mamba.py trains with both as its fused scan.
 *
 * Vectors lie across channels, states stay in registers; sequences and blocks of channels are shared
 * out among threads. Layout as the kit's `timeMajor`: u, delta, z, out [batch, length, dim]; B, C
 * [batch, length, STATE]; A [STATE, dim], in units of log2; D, bias [dim]. dim is a multiple of LANES.
 */
#include <pthread.h>
#include <stdint.h>
#include <string.h>

/* 8 for AVX and AVX2, 16 for AVX-512. */
#ifndef LANES
#define LANES 16
#endif
#define STATE 16
/* Steps between two kept states. */
#define CHUNK 16
#define LOG2E 1.44269504088896f

typedef float vec __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int32_t ivec __attribute__((vector_size(4 * LANES)));

static inline vec load(const float *from) { return *(const vec *)from; }
static inline void store(float *to, vec x) { *(vec *)to = x; }
static inline vec all(float x) { return x - (vec){0}; }
static inline vec pick(ivec where, vec a, vec b) {
  return (vec)((where & (ivec)a) | (~where & (ivec)b));
}

/* 2^x by rounding and a polynomial on [-1/2, 1/2]; relative error about 2e-7. */
static inline vec exp2v(vec x) {
  x = pick(x < -126.0f, all(-126.0f), x);
  x = pick(x > 126.0f, all(126.0f), x);
  const float shift = 12582912.0f;
  vec whole = (x + shift) - shift;
  vec f = x - whole;
  vec p = all(1.5403530e-4f);
  p = p * f + 1.3333558e-3f;
  p = p * f + 9.6181291e-3f;
  p = p * f + 5.5504109e-2f;
  p = p * f + 2.4022651e-1f;
  p = p * f + 6.9314718e-1f;
  p = p * f + 1.0f;
  ivec bits = (__builtin_convertvector(whole, ivec) + 127) << 23;
  vec scale;
  memcpy(&scale, &bits, sizeof scale);
  return p * scale;
}

/* log2(x) for x in [1, 2], by 2·atanh((x − r) / (x + r)) around r = √2. */
static inline vec log2v(vec x) {
  const float root = 1.41421356f;
  vec s = (x - root) / (x + root);
  vec q = s * s;
  vec p = all(0.2222222f);
  p = p * q + 0.2857143f;
  p = p * q + 0.4f;
  p = p * q + 0.6666667f;
  p = p * q + 2.0f;
  return p * s * LOG2E + 0.5f;
}

/* log(1 + e^x), without losing small results. */
static inline vec softplus(vec x) {
  vec away = pick(x < 0, x, -x);
  vec e = exp2v(away * LOG2E);
  vec log = log2v(1.0f + e) * (1.0f / LOG2E);
  vec series = e * (1.0f - e * (0.5f - e * (1.0f / 3.0f)));
  return pick(x > 0, x, all(0)) + pick(e < 0.01f, series, log);
}

static inline vec sigmoid(vec x) { return 1.0f / (1.0f + exp2v(-x * LOG2E)); }

typedef struct {
  int batch, length, dim, threads, thread;
  const float *u, *delta, *A, *B, *C, *D, *z, *bias;
  float *out, *states;
  const float *dout;
  float *du, *ddelta, *dA, *dB, *dC, *dD, *dz;
} work;

static inline int chunks(const work *w) { return (w->length + CHUNK - 1) / CHUNK; }

/* Where the states before a chunk lie: [batch, chunks, STATE, dim]. */
static inline float *kept(const work *w, int b, int chunk) {
  return w->states + ((long)b * chunks(w) + chunk) * STATE * w->dim;
}

static void forward(const work *w, int b, int d) {
  vec A[STATE], h[STATE];
  for (int n = 0; n < STATE; n++) {
    A[n] = load(w->A + n * w->dim + d);
    h[n] = all(0);
  }
  vec D = load(w->D + d), bias = load(w->bias + d);
  for (long t = 0; t < w->length; t++) {
    if (w->states && t % CHUNK == 0)
      for (int n = 0; n < STATE; n++) store(kept(w, b, t / CHUNK) + n * w->dim + d, h[n]);
    long row = (long)b * w->length + t, at = row * w->dim + d;
    const float *B = w->B + row * STATE, *C = w->C + row * STATE;
    vec u = load(w->u + at), z = load(w->z + at);
    vec step = softplus(load(w->delta + at) + bias);
    vec drive = step * u, y = D * u;
    for (int n = 0; n < STATE; n++) {
      h[n] = exp2v(step * A[n]) * h[n] + drive * B[n];
      y += h[n] * C[n];
    }
    store(w->out + at, y * z * sigmoid(z));
  }
}

/* The sum over the lanes of each of STATE vectors, added to STATE numbers. */
static inline void add_sums(float *to, const vec x[STATE]) {
  float lanes[STATE][LANES];
  memcpy(lanes, x, sizeof lanes);
  for (int half = LANES / 2; half; half /= 2)
    for (int n = 0; n < STATE; n++)
      for (int i = 0; i < half; i++) lanes[n][i] += lanes[n][i + half];
  for (int n = 0; n < STATE; n++) to[n] += lanes[n][0];
}

/* Gradients of a block of channels. dA [batch, STATE, dim] is that of the natural A, dD [batch, dim];
 * dB and dC [threads, batch, length, STATE] start from zero, and their caller sums over threads. */
static void backward(const work *w, int b, int d) {
  vec A[STATE], dA[STATE], dh[STATE], dD = all(0);
  for (int n = 0; n < STATE; n++) {
    A[n] = load(w->A + n * w->dim + d);
    dA[n] = dh[n] = all(0);
  }
  vec D = load(w->D + d), bias = load(w->bias + d);
  long own = (long)w->thread * w->batch * w->length;
  for (int chunk = chunks(w) - 1; chunk >= 0; chunk--) {
    /* States before every step of the chunk and after the last, and the decays between them. */
    vec h[CHUNK + 1][STATE], keep[CHUNK][STATE];
    long from = (long)chunk * CHUNK, steps = w->length - from;
    if (steps > CHUNK) steps = CHUNK;
    for (int n = 0; n < STATE; n++) h[0][n] = load(kept(w, b, chunk) + n * w->dim + d);
    for (long i = 0; i < steps; i++) {
      long row = (long)b * w->length + from + i, at = row * w->dim + d;
      vec step = softplus(load(w->delta + at) + bias), drive = step * load(w->u + at);
      for (int n = 0; n < STATE; n++) {
        keep[i][n] = exp2v(step * A[n]);
        h[i + 1][n] = keep[i][n] * h[i][n] + drive * w->B[row * STATE + n];
      }
    }
    for (long i = steps - 1; i >= 0; i--) {
      long row = (long)b * w->length + from + i, at = row * w->dim + d;
      const float *B = w->B + row * STATE, *C = w->C + row * STATE;
      vec raw = load(w->delta + at) + bias, step = softplus(raw);
      vec u = load(w->u + at), z = load(w->z + at), s = sigmoid(z), dout = load(w->dout + at);
      vec y = D * u, dy = dout * z * s, drive = step * u;
      vec dstep = all(0), ddrive = all(0), dB[STATE], dC[STATE];
      for (int n = 0; n < STATE; n++) {
        y += h[i + 1][n] * C[n];
        dC[n] = dy * h[i + 1][n];
        dh[n] += dy * C[n];
        dB[n] = dh[n] * drive;
        ddrive += dh[n] * B[n];
        dh[n] *= keep[i][n];
        vec exponent = dh[n] * h[i][n];
        dA[n] += exponent * step;
        dstep += exponent * A[n];
      }
      /* A is in units of log2. */
      dstep = dstep * (1.0f / LOG2E) + ddrive * u;
      dD += dy * u;
      store(w->du + at, dy * D + ddrive * step);
      store(w->ddelta + at, dstep * sigmoid(raw));
      store(w->dz + at, dout * y * s * (1.0f + z * (1.0f - s)));
      add_sums(w->dB + (own + row) * STATE, dB);
      add_sums(w->dC + (own + row) * STATE, dC);
    }
  }
  for (int n = 0; n < STATE; n++) store(w->dA + ((long)b * STATE + n) * w->dim + d, dA[n]);
  store(w->dD + (long)b * w->dim + d, dD);
}

static void *share(void *argument) {
  const work *w = argument;
  int blocks = w->dim / LANES;
  for (int i = w->thread; i < w->batch * blocks; i += w->threads)
    (w->dout ? backward : forward)(w, i / blocks, i % blocks * LANES);
  return 0;
}

/* Shares the work out and returns when it is done. */
static void run(work all) {
  pthread_t ids[64];
  work parts[64];
  if (all.threads > 64) all.threads = 64;
  for (int i = 0; i < all.threads; i++) {
    parts[i] = all;
    parts[i].thread = i;
    if (i) pthread_create(&ids[i], 0, share, &parts[i]);
  }
  share(&parts[0]);
  for (int i = 1; i < all.threads; i++) pthread_join(ids[i], 0);
}

/* states [batch, ceil(length / CHUNK), STATE, dim] keeps what the backward needs; may be null. */
void selective_scan(int batch, int length, int dim, int threads, const float *u,
                    const float *delta, const float *A, const float *B, const float *C,
                    const float *D, const float *z, const float *bias, float *out,
                    float *states) {
  run((work){batch, length, dim, threads, .u = u, .delta = delta, .A = A, .B = B, .C = C, .D = D,
             .z = z, .bias = bias, .out = out, .states = states});
}

/* At most 64 threads, for which dB and dC have room. */
void selective_scan_backward(int batch, int length, int dim, int threads, const float *u,
                             const float *delta, const float *A, const float *B, const float *C,
                             const float *D, const float *z, const float *bias, float *states,
                             const float *dout, float *du, float *ddelta, float *dA, float *dB,
                             float *dC, float *dD, float *dz) {
  run((work){batch, length, dim, threads, .u = u, .delta = delta, .A = A, .B = B, .C = C, .D = D,
             .z = z, .bias = bias, .states = states, .dout = dout, .du = du, .ddelta = ddelta,
             .dA = dA, .dB = dB, .dC = dC, .dD = dD, .dz = dz});
}
