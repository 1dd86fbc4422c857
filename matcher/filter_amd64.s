//go:build !purego

// The stages of the filter with AVX-512 (F, BW, VBMI, VBMI2) and BMI2.
//
// Memory safety. The functions are reached only through filter_amd64.go, which
// passes arrays of a chunk and slices that it has measured:
//
//   - decodeBlocks reads 64*n + 2 bytes of text. vectorLex passes only blocks
//     for which the text has so many, the others by way of a copy in
//     chunk.tail, which has.
//   - Units are read and written 32 at a time, so that up to 63 behind the last
//     one are touched, and 35 by sift. Every array of units, masks, places and
//     candidates in a chunk holds what maxChunk bytes of text can give, and
//     padding (64) elements more; none is longer than maxChunk + carried.
//   - Gather instructions and scalar loads from fold are indexed with 16 bits,
//     and fold has 1<<16 elements and one more, since 32 bits are read. Those
//     from words are indexed with 32-shift bits, and words has 1<<(32-shift)
//     elements; shift is from 11 to 22.
//   - What stands behind the last unit is arbitrary but initialised memory of
//     the chunk: it leads to candidates that the caller cuts off.
//
// No function calls, has a frame, or keeps a pointer. TestVectorsAtPageEnds
// reads texts that end where readable memory ends.

#include "textflag.h"

DATA iota<>+0(SB)/8, $0x0003000200010000
DATA iota<>+8(SB)/8, $0x0007000600050004
DATA iota<>+16(SB)/8, $0x000b000a00090008
DATA iota<>+24(SB)/8, $0x000f000e000d000c
DATA iota<>+32(SB)/8, $0x0013001200110010
DATA iota<>+40(SB)/8, $0x0017001600150014
DATA iota<>+48(SB)/8, $0x001b001a00190018
DATA iota<>+56(SB)/8, $0x001f001e001d001c
GLOBL iota<>(SB), RODATA|NOPTR, $64

// UNITS makes 32 units of the first, second and third bytes of characters in
// B0, B1 and B2, and stores them at PLACE. R10 becomes 1 if one of them has
// four bytes or is one of the two marks in Z23 and Z24.
//
// Three bytes: (b0 & 15)<<12 | b1<<6 | b2, where the shift drops what b0 has
// more. One byte: b0. Others, which are rare: b0<<6 | b1, modulo 1<<11, or
// 0xD800 | (b1<<6 | b2) modulo 1<<11.
#define UNITS(B0, B1, B2, PLACE, PLAIN) \
	VPMOVZXBW B0, Z6;           \
	VPMOVZXBW B1, Z7;           \
	VPMOVZXBW B2, Z8;           \
	VPSLLW $12, Z6, Z9;         \
	VPSLLW $6, Z7, Z10;         \
	VPTERNLOGD $0xFE, Z8, Z10, Z9; \
	VPCMPUW $1, Z18, Z6, K2;    \
	VMOVDQU16 Z6, K2, Z9;       \
	VPCMPUW $5, Z20, Z6, K3;    \
	VPCMPUW $1, Z19, Z6, K4;    \
	KANDND K4, K2, K4;          \
	VPCMPEQW Z23, Z9, K5;       \
	VPCMPEQW Z24, Z9, K6;       \
	KORD K5, K6, K5;            \
	KORD K3, K5, K5;            \
	KORTESTD K4, K5;            \
	JEQ PLAIN;                  \
	VPSLLW $6, Z6, Z11;         \
	VPORD Z7, Z11, Z11;         \
	VPANDD Z21, Z11, Z11;       \
	VMOVDQU16 Z11, K4, Z9;      \
	VPORD Z8, Z10, Z12;         \
	VPANDD Z21, Z12, Z12;       \
	VPORD Z22, Z12, Z12;        \
	VMOVDQU16 Z12, K3, Z9;      \
	KTESTD K5, K5;              \
	SETNE R10;                  \
	ORQ R10, R11;               \
PLAIN:                              \
	VMOVDQU16 Z9, PLACE

// func decodeBlocks(text *byte, n int, units *uint16, masks *uint64, marks uint32, rare *uint64) (count, rares int)
TEXT ·decodeBlocks(SB), NOSPLIT, $0-64
	MOVQ text+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ units+16(FP), DI
	MOVQ masks+24(FP), R8
	MOVL marks+32(FP), AX
	MOVQ rare+40(FP), R12
	MOVQ DI, R9
	MOVQ R12, R13
	XORQ DX, DX
	VPBROADCASTW AX, Z23
	SHRL $16, AX
	VPBROADCASTW AX, Z24
	MOVL $-65, AX
	VPBROADCASTB AX, Z16
	MOVL $0x3F, AX
	VPBROADCASTB AX, Z17
	MOVL $0x80, AX
	VPBROADCASTW AX, Z18
	MOVL $0xE0, AX
	VPBROADCASTW AX, Z19
	MOVL $0xF0, AX
	VPBROADCASTW AX, Z20
	MOVL $0x7FF, AX
	VPBROADCASTW AX, Z21
	MOVL $0xD800, AX
	VPBROADCASTW AX, Z22
	TESTQ CX, CX
	JLE decodeDone

decodeLoop:
	VMOVDQU8 (SI), Z0
	VMOVDQU8 1(SI), Z1
	VMOVDQU8 2(SI), Z2
	VPCMPGTB Z16, Z0, K1 // lead bytes
	KMOVQ K1, AX
	MOVQ AX, (R8)
	POPCNTQ AX, BX
	VPANDD Z17, Z1, Z1
	VPANDD Z17, Z2, Z2
	VPCOMPRESSB.Z Z0, K1, Z3
	VPCOMPRESSB.Z Z1, K1, Z4
	VPCOMPRESSB.Z Z2, K1, Z5
	XORL R10, R10
	XORL R11, R11
	UNITS(Y3, Y4, Y5, (DI), decodeFirst)
	CMPQ BX, $32
	JLE decodeNext
	VEXTRACTI64X4 $1, Z3, Y3
	VEXTRACTI64X4 $1, Z4, Y4
	VEXTRACTI64X4 $1, Z5, Y5
	UNITS(Y3, Y4, Y5, 64(DI), decodeSecond)

decodeNext:
	TESTQ R11, R11
	JEQ decodeCommon
	MOVQ DI, AX
	SUBQ R9, AX
	SHLQ $31, AX // the number of the first unit, in the upper half
	ORQ DX, AX   // the number of the block
	MOVQ AX, (R12)
	ADDQ $8, R12

decodeCommon:
	LEAQ (DI)(BX*2), DI
	ADDQ $64, SI
	ADDQ $8, R8
	INCQ DX
	CMPQ DX, CX
	JLT decodeLoop

decodeDone:
	SUBQ R9, DI
	SHRQ $1, DI
	MOVQ DI, count+48(FP)
	SUBQ R13, R12
	SHRQ $3, R12
	MOVQ R12, rares+56(FP)
	VZEROUPPER
	RET

// GATHER folds the 32 units at PLACE into Z4.
#define GATHER(PLACE1, PLACE2) \
	VPMOVZXWD PLACE1, Z0;          \
	VPMOVZXWD PLACE2, Z1;          \
	KXNORW K0, K0, K1;             \
	KXNORW K0, K0, K2;             \
	VPXORD Z2, Z2, Z2;             \
	VPXORD Z3, Z3, Z3;             \
	VPGATHERDD (R10)(Z0*2), K1, Z2; \
	VPGATHERDD (R10)(Z1*2), K2, Z3; \
	VPMOVDW Z2, Y4;                \
	VPMOVDW Z3, Y5;                \
	VINSERTI64X4 $1, Y5, Z4, Z4

// KEEP stores the units of Z4 that are not skipped at DI and moves it on; COUNT
// of the 32 are units at all. MASK becomes their mask, R11 is lost.
#define KEEP(COUNT, MASK) \
	VPCMPUW $4, Z16, Z4, K3;  \
	KMOVD K3, MASK;           \
	BZHIQ COUNT, MASK, MASK;  \
	VPCOMPRESSW.Z Z4, K3, Z5; \
	VMOVDQU16 Z5, (DI);       \
	POPCNTQ MASK, R11;        \
	LEAQ (DI)(R11*2), DI

// func foldGather(units *uint16, n int, folded *uint16, masks *uint64, fold *uint16) (count int)
TEXT ·foldGather(SB), NOSPLIT, $0-48
	MOVQ units+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ folded+16(FP), DI
	MOVQ masks+24(FP), R8
	MOVQ fold+32(FP), R10
	MOVQ DI, R9
	MOVL $0xFFFF, AX
	VPBROADCASTW AX, Z16
	TESTQ CX, CX
	JLE foldDone

foldLoop:
	MOVQ (R8), DX
	POPCNTQ DX, BX
	GATHER((SI), 32(SI))
	KEEP(BX, AX)
	CMPQ BX, $32
	JLE foldNext
	GATHER(64(SI), 96(SI))
	LEAQ -32(BX), R13
	KEEP(R13, R12)
	SHLQ $32, R12
	ORQ R12, AX

foldNext:
	PDEPQ DX, AX, AX
	MOVQ AX, (R8)
	LEAQ (SI)(BX*2), SI
	ADDQ $8, R8
	DECQ CX
	JNE foldLoop

foldDone:
	SUBQ R9, DI
	SHRQ $1, DI
	MOVQ DI, count+40(FP)
	VZEROUPPER
	RET

// func foldLoads(units *uint16, n int, folded *uint16, masks *uint64, fold *uint16, count int) (kept int)
//
// It first replaces count units, rounded up to a multiple of 8, where they are.
TEXT ·foldLoads(SB), NOSPLIT, $0-56
	MOVQ units+0(FP), SI
	MOVQ fold+32(FP), R10
	MOVQ count+40(FP), CX

loadsLoop:
	CMPQ CX, $0
	JLE loadsDone
	MOVWLZX 0(SI), AX
	MOVWLZX (R10)(AX*2), AX
	MOVWLZX 2(SI), BX
	MOVWLZX (R10)(BX*2), BX
	MOVWLZX 4(SI), DX
	MOVWLZX (R10)(DX*2), DX
	MOVWLZX 6(SI), DI
	MOVWLZX (R10)(DI*2), DI
	MOVWLZX 8(SI), R8
	MOVWLZX (R10)(R8*2), R8
	MOVWLZX 10(SI), R9
	MOVWLZX (R10)(R9*2), R9
	MOVWLZX 12(SI), R11
	MOVWLZX (R10)(R11*2), R11
	MOVWLZX 14(SI), R12
	MOVWLZX (R10)(R12*2), R12
	MOVW AX, 0(SI)
	MOVW BX, 2(SI)
	MOVW DX, 4(SI)
	MOVW DI, 6(SI)
	MOVW R8, 8(SI)
	MOVW R9, 10(SI)
	MOVW R11, 12(SI)
	MOVW R12, 14(SI)
	ADDQ $16, SI
	SUBQ $8, CX
	JMP loadsLoop

loadsDone:
	MOVQ units+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ folded+16(FP), DI
	MOVQ masks+24(FP), R8
	MOVQ DI, R9
	MOVL $0xFFFF, AX
	VPBROADCASTW AX, Z16
	TESTQ CX, CX
	JLE keepDone

keepLoop:
	MOVQ (R8), DX
	POPCNTQ DX, BX
	VMOVDQU16 (SI), Z4
	KEEP(BX, AX)
	CMPQ BX, $32
	JLE keepNext
	VMOVDQU16 64(SI), Z4
	LEAQ -32(BX), R13
	KEEP(R13, R12)
	SHLQ $32, R12
	ORQ R12, AX

keepNext:
	PDEPQ DX, AX, AX
	MOVQ AX, (R8)
	LEAQ (SI)(BX*2), SI
	ADDQ $8, R8
	DECQ CX
	JNE keepLoop

keepDone:
	SUBQ R9, DI
	SHRQ $1, DI
	MOVQ DI, kept+48(FP)
	VZEROUPPER
	RET

// func joinRuns(units *uint16, n int, joined *uint16, dropped *uint16) (count, drops int)
//
// The unit before the first is that before the chunk.
TEXT ·joinRuns(SB), NOSPLIT, $0-48
	MOVQ units+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ joined+16(FP), DI
	MOVQ dropped+24(FP), R12
	MOVQ DI, R9
	MOVQ R12, R13
	VMOVDQU16 iota<>(SB), Z21
	MOVL $32, R8
	VPBROADCASTW R8, Z22
	MOVQ $-1, R11
	TESTQ CX, CX
	JLE joinDone

joinLoop:
	// One character in a hundred repeats the one before it, so that a branch
	// for groups without any would be mispredicted in each third of them.
	VMOVDQU16 (SI), Z0
	VPCMPUW $4, -2(SI), Z0, K1
	KMOVD K1, AX
	MOVQ CX, BX
	CMPQ CX, R8
	CMOVQGT R8, BX // at most 32
	BZHIQ BX, R11, BX
	ANDL BX, AX
	XORL AX, BX
	KMOVD AX, K1
	KMOVD BX, K2
	VPCOMPRESSW.Z Z0, K1, Z2
	VPCOMPRESSW.Z Z21, K2, Z3
	VMOVDQU16 Z2, (DI)
	VMOVDQU16 Z3, (R12)
	POPCNTL AX, AX
	POPCNTL BX, BX
	LEAQ (DI)(AX*2), DI
	LEAQ (R12)(BX*2), R12
	VPADDW Z22, Z21, Z21
	ADDQ $64, SI
	SUBQ $32, CX
	JGT joinLoop

joinDone:
	SUBQ R9, DI
	SHRQ $1, DI
	MOVQ DI, count+32(FP)
	SUBQ R13, R12
	SHRQ $1, R12
	MOVQ R12, drops+40(FP)
	VZEROUPPER
	RET

// The constants of sift.
//
//	Z16 hashWord   Z17 hashA | hashB<<16   Z18 hashC   Z26 notASCII
//	Z21 positions  Z22 32 in every word    Z28 1       X23 shift
//	Z29 the high bits that an ASCII unit does not have
//	Z4, Z5 left    Z14, Z15 right
#define SIFTCONSTANTS \
	MOVL $0x9E3779B1, AX;      \
	VPBROADCASTD AX, Z16;      \
	MOVL $0x5A976F2D, AX;      \
	VPBROADCASTD AX, Z17;      \
	MOVL $0x7A69, AX;          \
	VPBROADCASTD AX, Z18;      \
	MOVL $0xFF80FF80, AX;      \
	VPBROADCASTD AX, Z26;      \
	VMOVDQU16 iota<>(SB), Z21; \
	MOVL $32, AX;              \
	VPBROADCASTW AX, Z22;      \
	MOVL $1, AX;               \
	VPBROADCASTD AX, Z28;      \
	MOVL $0x55555555, R13;     \
	MOVL $0xAAAAAAAA, R14

// LOADUNITS loads the units from SI, 1, 2 and 3 further, as pairs: those that
// begin at the even positions are in Z0 and go on in Z24, those of the odd
// ones in Z1 and Z25.
#define LOADUNITS \
	VMOVDQU32 (SI), Z0;   \
	VMOVDQU32 2(SI), Z1;  \
	VMOVDQU32 4(SI), Z24; \
	VMOVDQU32 6(SI), Z25

// WORDS makes the indices of words in Z2 and Z3.
#define WORDS \
	VPTESTNMD Z26, Z0, K1;       \
	VPTESTNMD Z26, Z1, K2;       \
	VPSLLD.Z $8, Z24, K1, Z2;    \
	VPSLLD.Z $8, Z25, K2, Z3;    \
	VPORD Z0, Z2, Z2;            \
	VPORD Z1, Z3, Z3;            \
	VPMULLD Z16, Z2, Z2;         \
	VPMULLD Z16, Z3, Z3;         \
	VPSRLD X23, Z2, Z2;          \
	VPSRLD X23, Z3, Z3

// TEST turns the words in Z12 and Z13 so that the bits of the position come
// first; AX becomes the mask of positions for which both of the pair or both
// of the triple are 0.
#define TEST \
	VPMADDWD Z17, Z0, Z6;        \
	VPMADDWD Z17, Z1, Z7;        \
	VPMADDWD Z18, Z24, Z8;       \
	VPMADDWD Z18, Z25, Z9;       \
	VPADDD Z6, Z8, Z8;           \
	VPADDD Z7, Z9, Z9;           \
	VPSRLD $20, Z6, Z10;         \
	VPSRLD $20, Z7, Z11;         \
	VPRORVD Z6, Z12, Z6;         \
	VPRORVD Z7, Z13, Z7;         \
	VPRORVD Z10, Z12, Z10;       \
	VPRORVD Z11, Z13, Z11;       \
	VPORD Z6, Z10, Z6;           \
	VPORD Z7, Z11, Z7;           \
	VPSRLD $20, Z8, Z10;         \
	VPSRLD $20, Z9, Z11;         \
	VPRORVD Z8, Z12, Z8;         \
	VPRORVD Z9, Z13, Z9;         \
	VPRORVD Z10, Z12, Z10;       \
	VPRORVD Z11, Z13, Z11;       \
	VPTERNLOGD $0xE0, Z10, Z8, Z6; \
	VPTERNLOGD $0xE0, Z11, Z9, Z7; \
	VPTESTNMD Z28, Z6, K3;       \
	VPTESTNMD Z28, Z7, K5;       \
	KMOVW K3, AX;                \
	KMOVW K5, BX;                \
	PDEPL R13, AX, AX;           \
	PDEPL R14, BX, BX;           \
	ORL BX, AX

// SHORT adds the short ASCII pairs to AX. DX is 0 if there are none in the
// patterns.
#define SHORT(NONE) \
	TESTQ DX, DX;               \
	JEQ NONE;                   \
	VPTESTNMW Z29, Z0, K3;      \
	VPTESTNMW Z29, Z1, K5;      \
	KTESTD K3, K5;              \
	JEQ NONE;                   \
	KANDD K3, K5, K3;           \
	VMOVDQA64 Z0, Z6;           \
	VMOVDQA64 Z1, Z7;           \
	VPERMI2B Z5, Z4, Z6;        \
	VPERMI2B Z15, Z14, Z7;      \
	VPANDD Z27, Z6, Z6;         \
	VPTESTMW Z7, Z6, K3, K5;    \
	KMOVD K5, BX;               \
	ORL BX, AX;                 \
NONE:

// SHORTCONSTANTS loads the tables at DX, if it is not 0.
#define SHORTCONSTANTS(NONE) \
	MOVL $0xFF80, AX;     \
	VPBROADCASTW AX, Z29; \
	MOVL $0xFF, AX;       \
	VPBROADCASTW AX, Z27; \
	TESTQ DX, DX;         \
	JEQ NONE;             \
	VMOVDQU64 (DX), Z4;   \
	VMOVDQU64 64(DX), Z5; \
	VMOVDQU64 128(DX), Z14; \
	VMOVDQU64 192(DX), Z15; \
NONE:

// EMIT writes the positions in AX.
#define EMIT \
	KMOVD AX, K3;             \
	VPCOMPRESSW.Z Z21, K3, Z10; \
	POPCNTL AX, AX;           \
	VMOVDQU16 Z10, (DI);      \
	LEAQ (DI)(AX*2), DI;      \
	VPADDW Z22, Z21, Z21

// func siftGather(units *uint16, n int, words *uint32, shift uint64, short *uint8, candidates *uint16) (count int)
TEXT ·siftGather(SB), NOSPLIT, $0-56
	MOVQ units+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ words+16(FP), R10
	VMOVQ shift+24(FP), X23
	MOVQ short+32(FP), DX
	MOVQ candidates+40(FP), DI
	MOVQ DI, R9
	SIFTCONSTANTS
	SHORTCONSTANTS(gatherPlain)
	TESTQ CX, CX
	JLE gatherDone

gatherLoop:
	LOADUNITS
	WORDS
	KXNORW K0, K0, K1
	KXNORW K0, K0, K2
	VPXORD Z12, Z12, Z12
	VPXORD Z13, Z13, Z13
	VPGATHERDD (R10)(Z2*4), K1, Z12
	VPGATHERDD (R10)(Z3*4), K2, Z13
	TEST
	SHORT(gatherLong)
	EMIT
	ADDQ $64, SI
	SUBQ $32, CX
	JGT gatherLoop

gatherDone:
	SUBQ R9, DI
	SHRQ $1, DI
	MOVQ DI, count+48(FP)
	VZEROUPPER
	RET

// func siftIndices(units *uint16, n int, shift uint64, indices *uint32)
//
// For each 32 positions those of the even ones come first.
TEXT ·siftIndices(SB), NOSPLIT, $0-32
	MOVQ units+0(FP), SI
	MOVQ n+8(FP), CX
	VMOVQ shift+16(FP), X23
	MOVQ indices+24(FP), DI
	SIFTCONSTANTS
	TESTQ CX, CX
	JLE indicesDone

indicesLoop:
	LOADUNITS
	WORDS
	VMOVDQU32 Z2, (DI)
	VMOVDQU32 Z3, 64(DI)
	ADDQ $128, DI
	ADDQ $64, SI
	SUBQ $32, CX
	JGT indicesLoop

indicesDone:
	VZEROUPPER
	RET

// func siftLoads(indices *uint32, n int, words *uint32)
//
// It replaces indices by words, n rounded up to a multiple of 8.
TEXT ·siftLoads(SB), NOSPLIT, $0-24
	MOVQ indices+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ words+16(FP), R10

wordsLoop:
	CMPQ CX, $0
	JLE wordsDone
	MOVL 0(SI), AX
	MOVL (R10)(AX*4), AX
	MOVL 4(SI), BX
	MOVL (R10)(BX*4), BX
	MOVL 8(SI), DX
	MOVL (R10)(DX*4), DX
	MOVL 12(SI), DI
	MOVL (R10)(DI*4), DI
	MOVL 16(SI), R8
	MOVL (R10)(R8*4), R8
	MOVL 20(SI), R9
	MOVL (R10)(R9*4), R9
	MOVL 24(SI), R11
	MOVL (R10)(R11*4), R11
	MOVL 28(SI), R12
	MOVL (R10)(R12*4), R12
	MOVL AX, 0(SI)
	MOVL BX, 4(SI)
	MOVL DX, 8(SI)
	MOVL DI, 12(SI)
	MOVL R8, 16(SI)
	MOVL R9, 20(SI)
	MOVL R11, 24(SI)
	MOVL R12, 28(SI)
	ADDQ $32, SI
	SUBQ $8, CX
	JMP wordsLoop

wordsDone:
	RET

// func siftTest(units *uint16, n int, words *uint32, short *uint8, candidates *uint16, first uint64) (count int)
TEXT ·siftTest(SB), NOSPLIT, $0-56
	MOVQ units+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ words+16(FP), R10
	MOVQ short+24(FP), DX
	MOVQ candidates+32(FP), DI
	MOVQ first+40(FP), R8
	MOVQ DI, R9
	SIFTCONSTANTS
	VPBROADCASTW R8, Z2
	VPADDW Z2, Z21, Z21
	SHORTCONSTANTS(testPlain)
	TESTQ CX, CX
	JLE testDone

testLoop:
	LOADUNITS
	VMOVDQU32 (R10), Z12
	VMOVDQU32 64(R10), Z13
	ADDQ $128, R10
	TEST
	SHORT(testLong)
	EMIT
	ADDQ $64, SI
	SUBQ $32, CX
	JGT testLoop

testDone:
	SUBQ R9, DI
	SHRQ $1, DI
	MOVQ DI, count+48(FP)
	VZEROUPPER
	RET
