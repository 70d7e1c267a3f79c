"""What all languages share: the symbols of units and the codes of currencies."""

UNITS = """
    percent percent: % ％
    percent permille: ‰
    compute PFLOPS: P PFLOP PFLOP/s Pflops petaflops petaflop peta-flops petaFLOP/s
    compute EFLOPS: EFLOP EFLOP/s exaflops exaflop exa-flops
    compute TFLOPS: teraflops teraflop
    compute ZFLOPS: zettaflops
    other km: ㎞
    other cm: ㎝
    other mm: ㎜
    other µm: μm
    other km2: km² ㎢
    other m2: m² ㎡ sqm
    other m3: m³
    other cm2: cm²
    other cm3: cm³ cc
    other t: MT
    other kg: ㎏
    other µg: μg mcg
    other l: L
    other ml: mL
    other kl: kL
    other GB/s: GB/sec
    other MB/s: MB/sec
    other µSv: μSv
    other µs: μs
    other km/h: kph km/jam
    other °C: ℃ ºC
    other °F: ℉
    other °: º
    percent bp: bps
    compute =: PFLOPS EFLOPS TFLOPS ZFLOPS
    other =: km m cm mm µm nm km2 m2 m3 ha t kt Mt Gt kg g mg µg l ml kl V kV kVA mV mA mAh W kW MW GW TW kWh MWh
        GWh TWh kJ MJ kcal eV keV MeV Pa kPa hPa MPa Hz kHz MHz GHz THz KB MB GB TB PB EB GB/s MB/s TB/s kbps Mbps
        Gbps Tbps TOPS ppm ppb mmHg mol dB Sv mSv µSv Bq rpm fps ms ns µs m/s km/h mph °C °F ° ″ AU
"""

EXACT = "Gt GT m g t l L p P K V W M B g E MT Mt mW MW mV MV"
"""Symbols that mean nothing, or something else, in another case."""

CURRENCIES = """
    USD CNY JPY IDR EUR GBP HKD TWD KRW INR AUD CAD CHF SEK NOK DKK NZD SGD MYR THB PHP VND BRL RUB ZAR MXN PLN AED
    SAR TRY
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
