"""What all languages share: the symbols of units and the codes of currencies."""

UNITS = """
    percent percent: % ％
    percent permille: ‰
    compute PFLOPS: P PFLOPS PFLOP PFLOP/s Pflops petaflops petaflop peta-flops petaFLOP/s
    compute EFLOPS: EFLOPS EFLOP EFLOP/s exaflops exaflop exa-flops
    compute TFLOPS: TFLOPS teraflops teraflop
    compute ZFLOPS: ZFLOPS zettaflops
    other km: km ㎞
    other m: m
    other cm: cm ㎝
    other mm: mm ㎜
    other µm: µm μm
    other nm: nm
    other km2: km² km2 ㎢
    other m2: m² m2 ㎡ sqm
    other m3: m³ m3
    other cm2: cm²
    other cm3: cm³ cc
    other ha: ha
    other t: t MT
    other kt: kt
    other Mt: Mt
    other Gt: Gt
    other kg: kg ㎏
    other g: g
    other mg: mg
    other µg: µg μg mcg
    other l: l L
    other ml: ml mL
    other kl: kl kL
    other V: V
    other kV: kV
    other kVA: kVA
    other mV: mV
    other mA: mA
    other mAh: mAh
    other W: W
    other kW: kW
    other MW: MW
    other GW: GW
    other TW: TW
    other kWh: kWh
    other MWh: MWh
    other GWh: GWh
    other TWh: TWh
    other kJ: kJ
    other MJ: MJ
    other kcal: kcal
    other eV: eV
    other keV: keV
    other MeV: MeV
    other Pa: Pa
    other kPa: kPa
    other hPa: hPa
    other MPa: MPa
    other Hz: Hz
    other kHz: kHz
    other MHz: MHz
    other GHz: GHz
    other THz: THz
    other KB: KB
    other MB: MB
    other GB: GB
    other TB: TB
    other PB: PB
    other EB: EB
    other GB/s: GB/s GB/sec
    other MB/s: MB/s MB/sec
    other TB/s: TB/s
    other kbps: kbps
    other Mbps: Mbps
    other Gbps: Gbps
    other Tbps: Tbps
    other TOPS: TOPS
    other ppm: ppm
    other ppb: ppb
    other mmHg: mmHg
    other mol: mol
    other dB: dB
    other Sv: Sv
    other mSv: mSv
    other µSv: µSv μSv
    other Bq: Bq
    other rpm: rpm
    other fps: fps
    other ms: ms
    other ns: ns
    other µs: µs μs
    other m/s: m/s
    other km/h: km/h kph km/jam
    other mph: mph
    other °C: °C ℃ ºC
    other °F: °F ℉
    other °: ° º
    other ″: ″
    other AU: AU
    percent bp: bps
"""

EXACT = "m g t l L p P K V W M B g E MT Mt mW MW mV MV"
"""Symbols that mean nothing, or something else, in another case."""

CURRENCIES = """
    USD CNY JPY IDR EUR GBP HKD TWD KRW INR AUD CAD CHF SEK NOK DKK NZD SGD MYR THB PHP VND BRL RUB ZAR MXN PLN
    AED SAR TRY
"""

MONEY = """
    USD: US$ U.S.$ U.S._$ $ USD
    CNY: RMB CNY CN¥
    EUR: € EUR
    GBP: £ GBP
    HKD: HK$ HKD
    SGD: S$ SGD SIN$
    TWD: NT$ TWD
    JPY: JP¥ JPY
    KRW: ₩ KRW
    INR: ₹ INR
    AUD: A$ AU$ AUD
    CAD: C$ CA$ CAD
    NZD: NZ$ NZD
    MYR: RM MYR
    IDR: Rp Rp. IDR
    PHP: ₱ PHP
    THB: ฿ THB
    VND: ₫ VND
    BRL: R$ BRL
    MXN: Mex$ MXN
    CHF: CHF
"""
"""Signs of currencies before a number, beside those that CLDR gives for the locale."""
